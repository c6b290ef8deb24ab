// Writes docs/rules/ from rules/, and in rules/ each example in a line: npm run docs
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalog } from '../rbac/catalog/catalog.js';
import { compileRules } from '../lint/engine/rules.js';
import { rulePages } from './rule-pages.js';
import { ruleText } from './rule-text.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const rulesFolder = join(projectFolder, 'rules');
const pagesFolder = join(projectFolder, 'docs', 'rules');
const pages = rulePages({
  ruleSet: compileRules(rulesFolder),
  catalog: Catalog.load(join(projectFolder, 'role-catalog')),
});

for (const name of readdirSync(rulesFolder)) if (isRule(name)) writeRule(join(rulesFolder, name));
mkdirSync(pagesFolder, { recursive: true });
for (const name of readdirSync(pagesFolder)) if (!pages.has(name)) rmSync(join(pagesFolder, name));
for (const [name, text] of pages) writeFileSync(join(pagesFolder, name), text);
console.log(`${pages.size - 1} rule pages and their index`);

function isRule(name: string): boolean {
  return name.endsWith('.json') && !name.endsWith('.schema.json');
}

function writeRule(path: string): void {
  const text = readFileSync(path, 'utf8');
  const written = ruleText(JSON.parse(text) as object);
  if (written !== text) writeFileSync(path, written);
}
