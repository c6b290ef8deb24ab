import { readJson } from '../../../src/input/json.js';
import { readConfig } from '../../../src/lint/engine/config.js';
import { configFileName } from '../../../src/lint/engine/find-config.js';
import type { LintResult } from '../../../src/lint/engine/finding.js';
import { runLint, type LintRequest } from '../../../src/lint/engine/run.js';
import { layerSettings, type RuleSetting } from '../../../src/lint/engine/settings.js';
import { profileSettings } from '../../../src/lint/engine/rules.js';
import { findRoleDefinitions } from '../../../src/rbac/model/find-role-definitions.js';
import { shippedRules } from '../../lint-example.js';
import { shippedCatalog } from '../../shipped-catalog.js';

export interface LintTextOptions extends Partial<LintRequest> {
  /** The value of `azrbac.config.json`. */
  readonly config?: object;
}

/** So that a test about suppressions need not know every rule that looks at its role. */
const few = /^(?:ml-scoring-|action-|suppression-|role-destroys$)/;
const fewRules = { ...shippedRules, rules: shippedRules.rules.filter(({ id }) => few.test(id)) };

/** Lints files, given as file to text or value, with a few of our rules on 21 November 2026. */
export function lintFiles(
  files: Readonly<Record<string, unknown>>,
  { config = {}, ...request }: LintTextOptions = {},
): LintResult {
  const documents = Object.entries(files).map(([file, content]) =>
    readJson(typeof content === 'string' ? content : JSON.stringify(content, null, 2), file),
  );
  const read = readConfig(readJson(JSON.stringify(config, null, 2), configFileName));
  const own = new Map<string, RuleSetting>([...read.rules].map(([name, { value }]) => [name, value]));
  return runLint({
    documents,
    roleDefinitions: documents.flatMap(document => findRoleDefinitions(document, true).roleDefinitions),
    rules: fewRules,
    settings: layerSettings(profileSettings(shippedRules, read.extends), own),
    suppressions: read.suppressions,
    placeholders: read.placeholders,
    catalog: shippedCatalog,
    asOf: '2026-11-21',
    ...request,
  });
}

/** A clean role but for its actions. */
export function roleWith(actions: readonly string[], name = 'Endpoint Client'): object {
  return {
    Name: name,
    IsCustom: true,
    Description: 'Calls the online endpoints of one workspace.',
    Actions: actions,
    NotActions: [],
    AssignableScopes: ['/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/ml-prod'],
  };
}

/** `file rule-id`, in the order of the result. */
export function found({ findings }: LintResult): string[] {
  return findings.map(({ at, rule }) => `${at.document.file} ${rule.id}`);
}
