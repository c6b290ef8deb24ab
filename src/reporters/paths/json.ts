import type { EscalationReport } from '../../analysis/escalation/find-paths.js';
import type {
  CutStep,
  EscalationPath,
  Gain,
  PathPrincipal,
  PathStep,
} from '../../analysis/escalation/describe/path.js';
import type { Notice } from '../../errors.js';
import { reasonObject } from '../access/decision-json.js';
import { noticeObject } from '../../text/notice-json.js';

/** `azrbac paths` as one JSON object, version 1: role-catalog/schemas/paths.v1.json. */
export function pathsObject(report: EscalationReport, notices: readonly Notice[]): object {
  return { version: 1, ...pathLists(report), notices: notices.map(noticeObject) };
}

/** What `azrbac paths` and `azrbac audit` have in common. Paths are written one by one. */
export function pathLists({ targets, paths, cuts }: Omit<EscalationReport, 'notices'>) {
  return {
    targets: targets.map(({ scope, owners, reached }) => ({ scope, owners, reached })),
    paths: pathObjects(paths),
    cuts: cuts.map(({ to, assignment, role, scope, principal, cuts: principals, of }) => ({
      to,
      assignment,
      role,
      scope,
      principal,
      cuts: principals,
      of,
    })),
  };
}

/** One by one: what a path is made of is worked out when somebody asks. */
function* pathObjects(paths: readonly EscalationPath[]): Generator<object> {
  for (const path of paths) yield pathObject(path);
}

function pathObject({ from, to, stepCount, steps, because, cut }: EscalationPath): object {
  return {
    from: principalObject(from),
    to,
    stepCount,
    steps: steps.map(stepObject),
    because: because.map(reasonObject),
    cut: cut?.map(cutObject) ?? null,
  };
}

function stepObject(step: PathStep): object {
  const { method, does, from, certainty, doubt, gains, operations, scope, because } = step;
  return {
    method,
    does,
    from: principalObject(from),
    certainty,
    doubt,
    gains: gains.map(gainObject),
    operations,
    scope,
    because: because.map(reasonObject),
  };
}

function gainObject(gain: Gain): object {
  if (gain.kind === 'role') return { kind: gain.kind, role: gain.role, scope: gain.scope };
  return { kind: gain.kind, ...principalObject(gain) };
}

function principalObject({ id, type, displayName }: PathPrincipal): object {
  return { id, type, displayName };
}

function cutObject({ method, does, gains, scope }: CutStep): object {
  return { method, does, gains, scope };
}
