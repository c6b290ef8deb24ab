import { fileURLToPath } from 'node:url';
import { lintExample as lint, pointerInExample } from '../src/build/lint-example.js';
import type { Finding } from '../src/lint/engine/finding.js';
import type { DocumentedRule, RuleExample } from '../src/lint/engine/rule.js';
import { compileRules } from '../src/lint/engine/rules.js';
import { shippedCatalog } from './shipped-catalog.js';

export const shippedRules = compileRules(fileURLToPath(new URL('../rules', import.meta.url)));

/** What the whole lint finds of a shipped rule in one of its examples. */
export function lintExample(rule: DocumentedRule, example: RuleExample): readonly Finding[] {
  return lint(rule, example, { ruleSet: shippedRules, catalog: shippedCatalog });
}

/** Pointers and variants as examples write them. */
export function toMatches(findings: readonly Finding[], example: RuleExample): RuleExample['matches'] {
  return findings.map(finding => {
    const { variant } = finding;
    return {
      pointer: pointerInExample(finding, example),
      ...(variant === undefined ? undefined : { variant }),
    };
  });
}
