import { decode } from '../../src/input/decode.js';
import { readJson } from '../../src/input/json.js';
import type { SourceDocument } from '../../src/input/source-document.js';
import type { LintResult } from '../../src/lint/engine/finding.js';
import { runLint } from '../../src/lint/engine/run.js';
import { findRoleDefinitions } from '../../src/rbac/model/find-role-definitions.js';
import { shippedRules } from '../lint-example.js';
import { shippedCatalog } from '../shipped-catalog.js';

/** The whole way of one file, from its bytes to the result. */
export function lintBytes(bytes: Buffer): LintResult {
  const { text } = decode(bytes, 'role.json');
  const documents: SourceDocument[] = text === undefined ? [] : [readJson(text, 'role.json')];
  return runLint({
    documents,
    roleDefinitions: documents.flatMap(document => findRoleDefinitions(document, true).roleDefinitions),
    rules: shippedRules,
    settings: new Map(),
    catalog: shippedCatalog,
    asOf: '2026-08-22',
    builtInRoles: 'include',
  });
}
