import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeRuleSet } from '../src/lint/engine/rule-file.js';
import { compileRules } from '../src/lint/engine/rules.js';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** The one product of the build that `src/` reads: so that tests see the rules as they are now, built or not. */
export default function compileRulesForTests(): void {
  mkdirSync(`${projectFolder}dist`, { recursive: true });
  writeFileSync(`${projectFolder}dist/rules.json`, encodeRuleSet(compileRules(`${projectFolder}rules`)));
}
