import type { AuditResult } from '../../analysis/audit/audit-result.js';
import type { AssignmentCut } from '../../analysis/escalation/describe/assignment-cuts.js';
import type { PathPrincipal } from '../../analysis/escalation/describe/path.js';
import { type AlikePaths, alikePaths, stepText } from './alike-paths.js';
import { shorten, visible } from '../../text/escape.js';
import { count } from '../lint/summary.js';

/** The nearest paths in a line each, and the assignments without which most of them are gone. */
export function pathLines({ paths: { paths, cuts }, principals }: AuditResult): string[] {
  const groups = alikePaths(paths).slice(0, maxPaths);
  const left = groups.reduce((rest, group) => rest - group.length, paths.length);
  return [
    ...groups.map(group => `  ${pathLine(group)}`),
    ...(left > 0 ? [`  and ${count(left, 'more path')} (azrbac paths explains each)`] : []),
    ...(cuts.length === 0 ? [] : ['  Removing one role assignment:']),
    ...cuts.slice(0, maxCuts).map(cut => `    ${cutLine(cut, principals)}`),
  ];
}

const maxPaths = 10;
const maxCuts = 5;

function pathLine([first, ...others]: AlikePaths): string {
  const { from, to, steps } = first;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const way = steps.map(step => visible(stepText(step)));
  return `${count(steps.length, 'step')}: ${nameOf(from)}${more} to ${show(to)}: ${way.join(', then ')}`;
}

function cutLine(
  { role, principal, scope, cuts, of, to }: AssignmentCut,
  principals: AuditResult['principals'],
): string {
  const name = principals.get(principal)?.displayName ?? principal;
  return `"${show(role ?? '(unnamed)')}" of ${show(name)} at ${show(scope)} cuts off ${cuts} of ${of} from ${show(to)}`;
}

function nameOf({ id, displayName, type }: PathPrincipal): string {
  return `${displayName === null ? visible(id) : `"${show(displayName)}"`} (${visible(type)})`;
}

function show(text: string): string {
  return visible(shorten(text, 500));
}
