import type { Rule, Severity } from '../../lint/engine/rule.js';
import type { Cause } from './cause.js';

/** Causes that a report for people lists, and how many others of a rule and severity there are. */
export interface ListedCauses {
  readonly listed: readonly Cause[];
  readonly left: readonly CausesLeft[];
}

/** Causes of one rule and severity that are not listed. */
export interface CausesLeft {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly causes: number;
  readonly findings: number;
}

/**
 * The worst causes: after ten of a kind nobody reads the eleventh, and what is rare must not drown in what is
 * frequent. The mild are cut sooner.
 */
export function listCauses(causes: readonly Cause[]): ListedCauses {
  const counts = new Map<string, number>();
  const left = new Map<string, CausesLeft>();
  const listed = causes.filter(({ rule, severity, findings }) => {
    const key = `${severity} ${rule.id}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count <= maxListed[severity]) return true;
    const known = left.get(key) ?? { rule, severity, causes: 0, findings: 0 };
    left.set(key, { ...known, causes: known.causes + 1, findings: known.findings + findings.length });
    return false;
  });
  return { listed, left: [...left.values()] };
}

const maxListed: Readonly<Record<Severity, number>> = {
  critical: 10,
  high: 10,
  medium: 5,
  low: 3,
  info: 3,
};
