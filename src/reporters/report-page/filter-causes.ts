import type { CauseData, FindingData } from '../html-report/report-data.js';
import { filterList } from './filters.js';
import type { Model } from './model.js';
import type { Route } from './route.js';

/** The causes that the filters of the address let through, in their order. */
export function filterCauses(model: Model, route: Route): readonly CauseData[] {
  const { causes, rules } = model.data;
  const severities = filterList(route, 'severity');
  const [rule, kind, text, scope, identity] = ['rule', 'kind', 'text', 'scope', 'identity'].map(
    name => route.filters.get(name)?.trim().toLowerCase() ?? '',
  ) as [string, string, string, string, string];
  return causes.filter((cause, at) => {
    if (severities.length > 0 && !severities.includes(cause.severity)) return false;
    if (rule !== '' && rules[cause.rule]!.id !== rule) return false;
    if (kind !== '' && cause.subject.kind !== kind) return false;
    if (text !== '' && !model.causeTexts()[at]!.includes(text)) return false;
    if (scope !== '' && !placesOf(cause, model).some(place => isAt(place.scope, scope, model))) return false;
    return identity === '' || placesOf(cause, model).some(place => isOf(place.principal, identity, model));
  });
}

/** The findings of these causes, and of no others that a filter by scope or identity leaves out. */
export function findingsOf(causes: readonly CauseData[], { data }: Model): readonly FindingData[] {
  return causes.flatMap(cause => cause.findings.map(number => data.findings[number]!));
}

interface Place {
  readonly scope: number;
  readonly principal: number;
}

function placesOf(cause: CauseData, { data }: Model): readonly Place[] {
  const found: Place[] = cause.findings.map(number => data.findings[number]!);
  return [...found, ...(cause.assignments ?? []).map(number => data.assignments[number]!)];
}

function isAt(scope: number, text: string, model: Model): boolean {
  return model.scopeTexts()[scope]?.includes(text) === true;
}

function isOf(principal: number, text: string, { data }: Model): boolean {
  const found = data.principals[principal];
  return (
    found !== undefined && (found.id.includes(text) || found.name?.toLowerCase().includes(text) === true)
  );
}
