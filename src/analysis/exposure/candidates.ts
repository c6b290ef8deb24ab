import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { ScoreCalculator } from './score-calculator.js';
import type { LeaveOneOut, SourceLosses } from './leave-one-out.js';
import { type RemovablePattern, removablePatterns } from './pattern-effects.js';

/** A change, and what it removes. */
export interface Candidate {
  readonly assignments: readonly RoleAssignment[];
  readonly pattern?: RemovablePattern;
  readonly steps: number;
  /** In twentieths; of a pattern about so many: conditions, needs and denials are left out of account. */
  readonly estimate: number;
  /** How many lose some. Undefined for a pattern. */
  readonly identities?: number;
}

/** The changes that promise most for each thing to change, the best first. */
export function candidates(
  tenant: Tenant,
  calculator: ScoreCalculator,
  leaveOneOut: LeaveOneOut,
  most: number,
): Candidate[] {
  const { sources } = calculator;
  const best = new Best(most);
  const offer = (
    assignments: readonly RoleAssignment[],
    { points, identities }: SourceLosses,
    number: number,
  ): void =>
    best.offer({
      assignments,
      steps: assignments.length,
      estimate: points[number]!,
      identities: identities[number]!,
    });
  const { byAssignment, byGrant, byRole } = leaveOneOut;
  byAssignment.points.forEach((estimate, number) => {
    if (estimate > 0) offer([sources.assignments[number]!], byAssignment, number);
  });
  byGrant.points.forEach((estimate, number) => {
    const assignments = estimate > 0 ? sources.grant(number) : [];
    if (assignments.length > 1) offer(assignments, byGrant, number);
  });
  byRole.forEach((lost, number) => {
    // To try out a role without each of its strings takes long.
    if (!best.mayTake(total(lost))) return;
    for (const candidate of ofRole(sources.roles[number]!, lost, tenant, calculator)) best.offer(candidate);
  });
  return best.list;
}

function* ofRole(
  guid: string,
  lost: Uint32Array,
  tenant: Tenant,
  { table }: ScoreCalculator,
): Generator<Candidate> {
  const role = tenant.role(guid);
  if (role === undefined || role.role.roleType !== 'CustomRole') return;
  const kinds = table.kindsIn(role.set);
  for (const pattern of removablePatterns(guid, role.role, tenant)) {
    const gone = kinds & ~table.kindsIn(pattern.without.set);
    let estimate = 0;
    for (let kind = 0; gone >> kind > 0; kind++) if ((gone >> kind) & 1) estimate += lost[kind]!;
    yield { assignments: [], pattern, steps: 1, estimate };
  }
}

/** Keeps the best of many without sorting all of them again and again. */
class Best {
  private kept: Candidate[] = [];

  constructor(private readonly most: number) {}

  /** Whether a single change that removes so much would be among them as it stands. */
  mayTake(estimate: number): boolean {
    this.trim();
    const last = this.kept[this.most - 1];
    return estimate > 0 && (last === undefined || estimate >= last.estimate / last.steps);
  }

  offer(candidate: Candidate): void {
    if (candidate.estimate <= 0) return;
    this.kept.push(candidate);
    if (this.kept.length > this.most * 50) this.trim();
  }

  get list(): Candidate[] {
    this.trim();
    return this.kept;
  }

  private trim(): void {
    // Stable: of equals, those that were offered first stay first.
    this.kept.sort((a, b) => b.estimate / b.steps - a.estimate / a.steps || b.estimate - a.estimate);
    this.kept.length = Math.min(this.kept.length, this.most);
  }
}

function total(lost: Uint32Array): number {
  return lost.reduce((sum, each) => sum + each, 0);
}
