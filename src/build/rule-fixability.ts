import type { DocumentedRule } from '../lint/engine/rule.js';
import { type ExampleSurroundings, lintExample } from './lint-example.js';

/** The options with which `azrbac lint` fixes something that the rule finds in its examples; undefined where nothing does. */
export function fixOptionsOf(rule: DocumentedRule, surroundings: ExampleSurroundings): string | undefined {
  if (!checksWithFixes.has(rule.check)) return undefined;
  const findings = rule.examples.flatMap(example => lintExample(rule, example, surroundings));
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  if (fixes.length === 0) return undefined;
  const isGuess = fixes.every(({ kind, effect }) => kind === 'replace' && effect !== 'none');
  return isGuess ? '--fix-typos' : '--fix';
}

/** No other check gives fixes: a rule with another one need not be run to know. */
const checksWithFixes: ReadonlySet<string> = new Set(['action-verdict', 'repeated-action']);
