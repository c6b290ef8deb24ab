import type { AuditResult } from '../../analysis/audit/audit-result.js';
import type { Reason } from '../../tenant/access/decision.js';
import type { CutStep, Gain, PathStep } from '../../analysis/escalation/describe/path.js';
import { type AlikePaths, alikePaths } from '../audit/alike-paths.js';
import { shortSha256 } from '../../sha256.js';
import type { CutData, PathData, ReasonData, StepData } from './report-data.js';
import type { Tables } from './tables.js';

/** How many paths are drawn, the nearest ones; those that differ in who goes them alone are one. */
const maxPaths = 300;
const maxPeople = 200;

/** @returns how many there are, too. */
export function pathsData(
  { paths: { paths } }: Pick<AuditResult, 'paths'>,
  tables: Tables,
): { readonly paths: PathData[]; readonly all: number } {
  const all = alikePaths(paths);
  return { paths: all.slice(0, maxPaths).map(alike => pathData(alike, tables)), all: all.length };
}

function pathData(alike: AlikePaths, tables: Tables): PathData {
  const [{ to, stepCount, steps, because, cut }] = alike;
  const key = JSON.stringify([to, steps.map(({ method, scope, gains }) => [method, scope, gains])]);
  return {
    id: shortSha256(key),
    to: tables.scope(to),
    stepCount,
    from: alike.slice(0, maxPeople).map(({ from }) => tables.principal(from.id)),
    people: alike.length,
    steps: steps.map(step => stepData(step, cut ?? [], tables)),
    because: because.map(reasonData),
    cut: cut === null ? null : cut.map(cutText),
  };
}

function stepData(step: PathStep, cut: readonly CutStep[], tables: Tables): StepData {
  const { method, does, from, gains, operations, scope, because, certainty, doubt } = step;
  return {
    ...{ method, does, operations, scope, certainty, doubt },
    from: tables.principal(from.id),
    gains: gains.map(gainText),
    because: because.map(reasonData),
    isCut: cut.some(each => each.method === method && each.scope.toLowerCase() === scope.toLowerCase()),
  };
}

function gainText(gain: Gain): string {
  if (gain.kind === 'role') return `has ${gain.role} at ${gain.scope}`;
  const name = gain.displayName ?? gain.id;
  return gain.kind === 'group' ? `is in ${name}` : `is ${name}`;
}

function cutText({ does, gains, scope }: CutStep): string {
  return `${does}${scope === '/' ? '' : ` at ${scope}`}${gains === null ? '' : ` (${gains})`}`;
}

function reasonData({ kind, id, scope, role, pattern, condition }: Reason): ReasonData {
  return { kind, id, scope, role, pattern, condition };
}

export function cutsData({ paths: { cuts } }: Pick<AuditResult, 'paths'>, tables: Tables): CutData[] {
  return cuts.map(({ to, role, scope, principal, cuts: number, of }) => ({
    ...{ to, role, scope, of },
    principal: tables.principal(principal),
    cuts: number,
  }));
}
