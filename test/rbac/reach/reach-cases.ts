import { readFileSync } from 'node:fs';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import type { OperationReach } from '../../../src/rbac/reach/operation-reach.js';

/** What Microsoft's pages say of one role, at one scope, for one operation: a row of `test/fixtures/reach-oracle.tsv`. */
export interface ReachCase {
  readonly role: string;
  readonly assignedAt: string;
  readonly askedAt: string;
  readonly operation: string;
  readonly plane: Plane;
  readonly reach: OperationReach;
  readonly source: string;
}

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';

/** Written by hand from the pages that they name, without a look at the facts that azrbac decides by. */
export function reachCases(): ReachCase[] {
  const [, ...lines] = readFileSync(new URL('../../fixtures/reach-oracle.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map(line => {
    const [role, assignedAt, askedAt, operation, plane, reach, source] = line.split('\t') as string[];
    const at = scopeOf(assignedAt!);
    return {
      role: role!,
      assignedAt: at,
      askedAt: askedAt === '=' ? at : scopeOf(askedAt!),
      operation: operation!,
      plane: plane as Plane,
      reach: reach as OperationReach,
      source: source!,
    };
  });
}

function scopeOf(short: string): string {
  return short
    .replace(/^SUB/, subscription)
    .replace(/^RG/, `${subscription}/resourceGroups/shop`)
    .replace(/^MG/, '/providers/Microsoft.Management/managementGroups/corp');
}
