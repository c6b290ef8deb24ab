import { fileURLToPath } from 'node:url';
import { readJson } from '../src/input/json.js';
import { readerFor } from '../src/input/readers.js';
import type { SourceDocument } from '../src/input/source-document.js';
import { configFileName, emptyConfig, readConfig } from '../src/lint/config.js';
import type { Finding } from '../src/lint/finding.js';
import { compileRules, profileSettings } from '../src/lint/rules.js';
import type { DocumentedRule, RuleExample } from '../src/lint/rule.js';
import { runLint } from '../src/lint/run.js';
import { layerSettings } from '../src/lint/settings.js';
import { findRoleDefinitions } from '../src/model/find-role-definitions.js';
import { shippedCatalog } from './shipped-catalog.js';

export const shippedRules = compileRules(fileURLToPath(new URL('../rules', import.meta.url)));

/** What the whole lint finds of a rule in one of its examples. What became `related` of another finding does not count. */
export function lintExample({ id }: DocumentedRule, example: RuleExample): readonly Finding[] {
  const document = documentOf(example);
  const config = readConfigOf(example);
  const own = new Map([...config.rules].map(([name, { value }]) => [name, value]));
  const { findings } = runLint({
    documents: [document],
    roleDefinitions: findRoleDefinitions(document, true).roleDefinitions,
    rules: shippedRules,
    settings: layerSettings(profileSettings(shippedRules, config.extends), own),
    suppressions: config.suppressions,
    placeholders: config.placeholders,
    catalog: shippedCatalog,
    asOf: '2026-11-21',
  });
  return findings.filter(({ rule }) => rule.id === id);
}

/** Pointers and variants as examples write them. */
export function toMatches(findings: readonly Finding[]): RuleExample['matches'] {
  return findings.map(({ at, variant }) => {
    const prefix = at.document.file === configFileName ? `${configFileName}#` : '';
    return { pointer: `${prefix}${at.pointer}`, ...(variant === undefined ? undefined : { variant }) };
  });
}

function documentOf({ document, text, file = 'role.json' }: RuleExample): SourceDocument {
  const read = readerFor(file)?.read ?? readJson;
  return read(text ?? `${JSON.stringify(document, null, 2)}\n`, file);
}

function readConfigOf({ config }: RuleExample): ReturnType<typeof readConfig> {
  return config === undefined ? emptyConfig : readConfig(readJson(JSON.stringify(config, null, 2), configFileName));
}
