import type { Tenant } from '../access/tenant.js';
import type { RoleAssignment } from '../model/role-assignment.js';
import type { Figures } from './figures.js';
import type { Losses } from './losses.js';
import { type RemovablePattern, removablePatterns } from './without-pattern.js';

/** A change, and about what it removes in twentieths: exact but for patterns under conditions, needs and denials. */
export interface Candidate {
  readonly assignments: readonly RoleAssignment[];
  readonly pattern?: RemovablePattern;
  readonly steps: number;
  readonly estimate: number;
}

/** The changes that promise most for each thing to change, the best first. */
export function candidates(tenant: Tenant, figures: Figures, losses: Losses, most: number): Candidate[] {
  const { sources } = figures;
  const best = new Best(most);
  losses.byAssignment.forEach((estimate, number) =>
    best.offer({ assignments: [sources.assignments[number]!], steps: 1, estimate }),
  );
  losses.byGrant.forEach((estimate, number) => {
    const assignments = sources.grants[number]!;
    if (assignments.length > 1) best.offer({ assignments, steps: assignments.length, estimate });
  });
  losses.byRole.forEach((byKind, number) => {
    for (const candidate of ofRole(sources.roles[number]!, byKind, tenant, figures)) best.offer(candidate);
  });
  return best.list;
}

function* ofRole(guid: string, lost: Uint32Array, tenant: Tenant, { table }: Figures): Generator<Candidate> {
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
