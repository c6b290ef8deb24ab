// Writes docs/rules/ from rules/: npm run docs
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalog } from '../rbac/catalog/catalog.js';
import { compileRules } from '../lint/engine/rules.js';
import { rulePages } from './rule-pages.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const pagesFolder = join(projectFolder, 'docs', 'rules');
const pages = rulePages({
  ruleSet: compileRules(join(projectFolder, 'rules')),
  catalog: Catalog.load(join(projectFolder, 'role-catalog')),
});

mkdirSync(pagesFolder, { recursive: true });
for (const name of readdirSync(pagesFolder)) if (!pages.has(name)) rmSync(join(pagesFolder, name));
for (const [name, text] of pages) writeFileSync(join(pagesFolder, name), text);
console.log(`${pages.size - 1} rule pages and their index`);
