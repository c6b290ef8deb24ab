import type { Catalog } from '../rbac/catalog/catalog.js';
import type { LoadedConfig } from '../lint/engine/load-config.js';
import type { OwnRules } from '../lint/engine/own-rules.js';
import type { RuleSet } from '../lint/engine/rules.js';
import type { Io } from '../cli/io.js';

/** The shipped rules, with those that the configuration names. What checks their form is loaded for them alone. */
export async function withOwnRules(
  shipped: RuleSet,
  loaded: LoadedConfig,
  catalog: () => Catalog,
  { cwd }: Pick<Io, 'cwd'>,
): Promise<OwnRules> {
  const { rulesFolder, ruleFiles } = loaded.config;
  if (rulesFolder === undefined && ruleFiles.length === 0) return { ruleSet: shipped, notices: [] };
  const { addOwnRules } = await import('../lint/engine/own-rules.js');
  return addOwnRules(shipped, loaded, { catalog: catalog(), cwd });
}
