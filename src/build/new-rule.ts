// Makes a rule, its check and a test, and its page: npm run new-rule ID
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../package/package-folder.js';
import { ruleSkeleton } from './rule-skeleton.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const [id = ''] = process.argv.slice(2);
const table = 'src/lint/checks/index.ts';
const checks = readFileSync(join(projectFolder, table), 'utf8');
const files = ruleSkeleton({ id, since: packageVersion(), checks });

const taken = [...files.keys()].filter(path => path !== table && existsSync(join(projectFolder, path)));
if (taken.length > 0) throw new Error(`${taken.join(' and ')} would be overwritten.`);
for (const [path, text] of files) writeFileSync(join(projectFolder, path), text);
execFileSync('npm', ['run', '--silent', 'docs'], { cwd: projectFolder, stdio: 'inherit' });
for (const path of [...files.keys(), `docs/rules/${id}.md`]) console.log(path);
console.log(
  'Next: what the rule looks for, its words, its examples, and its line in test/conformance.test.ts.',
);
