import type { ScopeNodes } from '../../../tenant/access/scope-nodes.js';
import type { DenialTable } from '../grants/denials.js';
import type { GrantedOperations } from '../grants/grant-evaluator.js';
import { either } from '../methods/interned-sets.js';
import type { MethodGrant } from '../grants/grant.js';
import { GrantList } from '../grants/grant-list.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Pruner } from './pruner.js';

/** What summaries are made with. */
export interface SummaryTools {
  readonly scopeNodes: ScopeNodes;
  readonly table: MethodTable;
  readonly denials: DenialTable;
  readonly pruner: Pruner;
}

/** What one id holds itself, as far as it may be of use: worked out once for all who are in the group. */
export class HolderSummary {
  readonly hasUseful: boolean;
  /** Whether it attaches identities. */
  readonly isAttaching: boolean;
  /** All operations of what is useful. */
  readonly mask: bigint;
  private readonly useful: readonly MethodGrant[];
  /** Grants of use to those alone who can attach an identity. */
  private readonly carriers: readonly MethodGrant[];
  private usefulList: GrantList | undefined;
  private wholeList: GrantList | undefined;

  constructor(
    grants: readonly MethodGrant[],
    private readonly tools: SummaryTools,
  ) {
    const { pruner } = tools;
    const useful: MethodGrant[] = [];
    const carriers: MethodGrant[] = [];
    for (const grant of grants) {
      if (pruner.isUseful(grant)) useful.push(grant);
      else if (pruner.isCarrier(grant)) carriers.push(grant);
    }
    this.useful = useful;
    this.carriers = withoutRepeats(carriers, tools);
    this.hasUseful = useful.length > 0;
    this.isAttaching = useful.some(grant => pruner.isAttaching(grant));
    this.mask = useful.reduce((mask, { granted }) => mask | either(granted), 0n);
  }

  /** What counts of it, for somebody who attaches identities or does not. */
  list(attaches: boolean): GrantList {
    const { useful, carriers, tools } = this;
    if (attaches && carriers.length > 0) {
      this.wholeList ??= listOf([...useful, ...carriers], tools);
      return this.wholeList;
    }
    return (this.usefulList ??= listOf(useful, tools));
  }
}

function listOf(grants: readonly MethodGrant[], { scopeNodes, table }: SummaryTools): GrantList {
  return new GrantList(grants, scopeNodes, table.held);
}

/** The same grant at several places is no better than at one, unless something there stands in the way. */
function withoutRepeats(
  carriers: readonly MethodGrant[],
  { scopeNodes, denials }: SummaryTools,
): readonly MethodGrant[] {
  const seen = new Set<GrantedOperations>();
  return carriers.filter(({ scope, granted }) => {
    if (scope.kind === 'resource' || denials.isTouched(scopeNodes.at(scope))) return true;
    if (seen.has(granted)) return false;
    seen.add(granted);
    return true;
  });
}
