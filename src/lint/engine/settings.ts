import type { Rule, RuleVariant, Severity } from './rule.js';

export type RuleSetting = Severity | 'off';

/** Settings by rule id, or by rule id and variant: `action-unknown`, `action-unknown/near-match`. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

/**
 * Lays settings over one another, the later over the earlier. A setting for a rule as a whole replaces the earlier
 * ones for its variants too: who turns a rule off need not know what a profile says of its variants.
 */
export function layerSettings(...layers: readonly RuleSettings[]): RuleSettings {
  const settings = new Map<string, RuleSetting>();
  for (const layer of layers) {
    const wholeRules = new Set([...layer.keys()].filter(key => !key.includes('/')));
    for (const key of settings.keys()) {
      if (wholeRules.has(ruleIdOf(key))) settings.delete(key);
    }
    for (const [key, setting] of layer) settings.set(key, setting);
  }
  return settings;
}

/** The severity of a match of the rule, or `off`. */
export function severityOf(rule: Rule, variant: string | undefined, settings: RuleSettings): RuleSetting {
  const ofVariant = variant === undefined ? undefined : settings.get(`${rule.id}/${variant}`);
  const own = variant === undefined ? undefined : variantOf(rule, variant)?.severity;
  return ofVariant ?? settings.get(rule.id) ?? own ?? rule.severity;
}

/** What the rule says of a variant, if anything. */
export function variantOf(rule: Rule, variant: string): RuleVariant | undefined {
  return rule.variants !== undefined && Object.hasOwn(rule.variants, variant)
    ? rule.variants[variant]
    : undefined;
}

/** Rules of which at least one variant is not off in one of the settings. */
export function enabledRules<R extends Rule>(
  rules: readonly R[],
  every: readonly [RuleSettings, ...RuleSettings[]],
): R[] {
  const named = new Set(
    every.flatMap(settings =>
      [...settings].filter(([, setting]) => setting !== 'off').map(([key]) => ruleIdOf(key)),
    ),
  );
  return rules.filter(({ id }) => named.has(id) || every.some(settings => settings.get(id) !== 'off'));
}

/** The rule id of a key of {@link RuleSettings}. */
export function ruleIdOf(key: string): string {
  return key.split('/', 1)[0]!;
}

/** The names that a match of a rule goes by: the rule's, and that of its variant. */
export function namesOfRule(ruleId: string, variant: string | undefined): string[] {
  return variant === undefined ? [ruleId] : [ruleId, `${ruleId}/${variant}`];
}

/** The rule or variant of that name, or all rules that a name with stars matches. None: there is no such rule. */
export function rulesNamed(name: string, known: readonly string[]): readonly string[] {
  if (!name.includes('*')) return known.includes(ruleIdOf(name)) ? [name] : [];
  const [first = '', ...parts] = name.split('*');
  return known.filter(id => matches(id, first, parts));
}

/** Each part as early as possible, the last one at the end. */
function matches(id: string, first: string, parts: readonly string[]): boolean {
  if (!id.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(0, -1)) {
    const found = id.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1)!;
  return id.length - last.length >= at && id.endsWith(last);
}
