import { relative } from 'node:path';
import { slashed } from '../../input/slashed-path.js';
import { configFileName, findConfigFile } from '../../lint/engine/find-config.js';
import { created, type PlannedFile, fileTextIn } from './planned-file.js';

/** The configuration; one that holds already is kept. */
export function plannedConfig(folder: string): PlannedFile {
  const found = findConfigFile(folder);
  if (found !== undefined) return { path: slashed(relative(folder, found)), action: 'keep', text: '' };
  return created(folder, configFileName, configText(fileTextIn(folder, 'package.json') !== undefined));
}

/** The schema comes with the package, for editors. */
function configText(isNpmProject: boolean): string {
  const schema = './node_modules/azrbac/rules/azrbac.config.schema.json';
  return `{
${isNpmProject ? `  "$schema": "${schema}",\n` : ''}  // "strict" for more rules, and worse severities
  "extends": "recommended",
  // from which severity on azrbac fails: critical, high, medium, low, info, never
  "failOn": "medium"
}
`;
}
