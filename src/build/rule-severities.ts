import { type Rule, severities } from '../lint/engine/rule.js';
import { type RuleSettings, severityOf } from '../lint/engine/settings.js';

/** The severities that a rule's findings can have under the settings, worst first: `high, medium`. */
export function severitiesOf(rule: Rule, settings: RuleSettings): string {
  const variants = [undefined, ...Object.keys(rule.variants ?? {})];
  const found = new Set(variants.map(variant => severityOf(rule, variant, settings)));
  return severities.filter(severity => found.has(severity)).join(', ') || 'off';
}
