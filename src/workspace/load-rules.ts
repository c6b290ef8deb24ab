import { join } from 'node:path';
import type { OwnRules } from '../lint/engine/own-rules.js';
import { loadRuleSet } from '../lint/engine/rule-file.js';
import type { RuleSet } from '../lint/engine/rules.js';
import { packageFolder } from '../package/package-folder.js';
import type { Workspace } from './workspace.js';

/** The rules that come with azrbac, as the build compiled them. */
export function shippedRules(): RuleSet {
  return loadRuleSet(join(packageFolder(), 'dist', 'rules.json'));
}

/** Shipped rules, with those that the configuration names. What checks their form is loaded for them alone. */
export async function withOwnRules(shipped: RuleSet, workspace: Workspace): Promise<OwnRules> {
  const { rulesFolder, ruleFiles } = workspace.configuration.config;
  if (rulesFolder === undefined && ruleFiles.length === 0) return { ruleSet: shipped, notices: [] };
  const { addOwnRules } = await import('../lint/engine/own-rules.js');
  const { catalog, cwd } = workspace;
  return addOwnRules(shipped, workspace.configuration, { catalog, cwd });
}
