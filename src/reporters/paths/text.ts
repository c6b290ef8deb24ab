import { append } from '../../maps.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { AssignmentCut } from '../../analysis/escalation/describe/assignment-cuts.js';
import type { EscalationReport } from '../../analysis/escalation/find-paths.js';
import type {
  CutStep,
  EscalationPath,
  Gain,
  PathPrincipal,
  PathStep,
} from '../../analysis/escalation/describe/path.js';
import { shorten, visible } from '../../text/escape.js';
import { count } from '../lint/summary.js';
import { takeoverLine } from './takeover-line.js';
import { shownPrincipal, reasonLines } from '../access/decision-text.js';

/** The report for people: a path per block, nearest first, then what cuts most of them, then the counts. */
export function pathsText({ paths, cuts, targets }: EscalationReport, tenant: Tenant): string {
  const groups = alike(paths.slice(0, maxRead)).slice(0, maxShown);
  const blocks = groups.map(group => pathLines(group, tenant));
  const hidden = groups.reduce((rest, group) => rest - group.length, paths.length);
  if (hidden > 0) blocks.push([`and ${count(hidden, 'more path')} (see --format json)`]);
  if (cuts.length > 0)
    blocks.push(['Removing one role assignment:', ...cuts.map(cut => `  ${cutLine(cut, tenant)}`)]);
  const escalations = paths.filter(({ stepCount }) => stepCount > 0);
  const owners = targets.map(({ scope, owners: number }) => `${number} at ${show(scope)}`);
  const totals = [
    takeoverLine({ paths: escalations, targets }),
    owners.length > maxScopes ? '' : `In control as they are: ${owners.join(', ') || 'none'}.`,
  ];
  return `${[...blocks, totals.filter(line => line !== '')].map(lines => lines.join('\n')).join('\n\n')}\n`;
}

const maxShown = 100;

/** Alike are found among the nearest. */
const maxRead = 2_000;
const maxNamed = 5;
const maxScopes = 10;

/** Paths that differ in who goes them alone, in their order. */
function alike(paths: readonly EscalationPath[]): readonly (readonly EscalationPath[])[] {
  const groups = new Map<string, EscalationPath[]>();
  for (const path of paths) {
    const { steps: taken, because, cut } = path;
    const steps = taken.map(({ method, gains, scope, because }) => [
      method,
      gains,
      scope,
      because.map(({ id }) => id),
    ]);
    const key = JSON.stringify([path.to, steps, because.map(({ id }) => id), cut]);
    append(groups, key, path);
  }
  return [...groups.values()];
}

function pathLines(group: readonly EscalationPath[], tenant: Tenant): string[] {
  const { from, to, steps, because, cut } = group[0]!;
  const length = steps.length === 0 ? 'in control' : count(steps.length, 'step');
  const more = group.slice(1);
  const named = more.slice(0, maxNamed).map(path => nameOf(path.from));
  const rest = more.length - named.length;
  return [
    `${length}: ${nameOf(from)}, ${visible(from.type)}, to ${show(to)}`,
    ...(more.length === 0
      ? []
      : [`  the same for ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`]),
    ...steps.flatMap((step, i) => stepLines(step, i + 1, tenant)),
    ...(because.length === 0
      ? []
      : ['  which controls it:', ...indented(reasonLines({ because }, tenant), 5)]),
    ...(cut === null || cut.length === 0 ? [] : cutLines(cut)),
  ];
}

function stepLines(step: PathStep, number: number, tenant: Tenant): string[] {
  const sure = { certain: '', perhaps: 'perhaps ', 'after-activation': 'after activation ' }[step.certainty];
  const doubt = step.doubt === null ? '' : ` (${step.doubt})`;
  const place = step.scope === '/' && step.operations.length === 0 ? '' : `, at ${show(step.scope)}`;
  return [
    `  ${number}. ${sure}${step.does}${place}${doubt}: ${step.gains.map(gain => gainText(gain, step.method)).join(', ')}`,
    ...step.operations.map(operation => `     ${visible(operation)}`),
    ...(step.because.length > 0 || step.operations.length === 0
      ? indented(reasonLines(step, tenant), 5)
      : ['     with what it gained before']),
  ];
}

function gainText(gain: Gain, method: string): string {
  // The role is the one that it had, and grants what it likes.
  const verb = method === 'role-definition' ? 'has anything through' : 'has';
  if (gain.kind === 'role') return `${verb} "${show(gain.role)}" at ${show(gain.scope)}`;
  return `${gain.kind === 'group' ? 'is in' : 'is'} ${nameOf(gain)}`;
}

/** What to take away, so that no path is left. */
function cutLines(cut: readonly CutStep[]): string[] {
  const [only, ...others] = cut;
  if (others.length === 0) return [`  every path takes this step: ${cutStep(only!)}`];
  return ['  every path takes one of these steps:', ...cut.map(step => `     ${cutStep(step)}`)];
}

function cutStep({ does, gains, scope }: CutStep): string {
  const place = scope === '/' ? '' : `, at ${show(scope)}`;
  return `${does}${place}${gains === null ? '' : ` ("${show(gains)}")`}`;
}

function cutLine(
  { to, assignment, role, scope, principal, cuts, of }: AssignmentCut,
  tenant: Tenant,
): string {
  const guid = assignment.slice(assignment.lastIndexOf('/') + 1);
  return `"${show(role ?? '(unnamed)')}" of ${shownPrincipal(principal, tenant)} at ${show(scope)} (${show(guid)}) cuts off ${cuts} of ${of} from ${show(to)}`;
}

function indented(lines: readonly string[], by: number): string[] {
  const blanks = ' '.repeat(by);
  return lines.map(line => blanks + line.replaceAll('\n', `\n${blanks}`));
}

function nameOf({ id, displayName }: PathPrincipal): string {
  return displayName === null ? visible(id) : `"${show(displayName)}" (${visible(id)})`;
}

function show(text: string): string {
  return visible(shorten(text, 1_000));
}
