import type { Places } from '../../../tenant/access/places.js';
import type { Denials } from '../grants/denials.js';
import type { Granted } from '../grants/grant-evaluator.js';
import { either } from '../methods/held.js';
import type { Holding } from '../grants/grant.js';
import { HoldingList } from '../grants/grant-list.js';
import type { MethodTable } from '../methods/method-table.js';
import type { Relevance } from './pruner.js';

/** What summaries are made with. */
export interface SummaryTools {
  readonly places: Places;
  readonly table: MethodTable;
  readonly denials: Denials;
  readonly relevance: Relevance;
}

/** What one id holds itself, as far as it may be of use: worked out once for all who are in the group. */
export class HolderSummary {
  readonly hasUseful: boolean;
  /** Whether it attaches identities. */
  readonly isAttaching: boolean;
  /** All operations of what is useful. */
  readonly mask: bigint;
  private readonly useful: readonly Holding[];
  /** Of use to those alone who can attach an identity. */
  private readonly carriers: readonly Holding[];
  private usefulList: HoldingList | undefined;
  private wholeList: HoldingList | undefined;

  constructor(
    holdings: readonly Holding[],
    private readonly tools: SummaryTools,
  ) {
    const { relevance } = tools;
    const useful: Holding[] = [];
    const carriers: Holding[] = [];
    for (const holding of holdings) {
      if (relevance.isUseful(holding)) useful.push(holding);
      else if (relevance.isCarrier(holding)) carriers.push(holding);
    }
    this.useful = useful;
    this.carriers = withoutRepeats(carriers, tools);
    this.hasUseful = useful.length > 0;
    this.isAttaching = useful.some(holding => relevance.isAttaching(holding));
    this.mask = useful.reduce((mask, { granted }) => mask | either(granted), 0n);
  }

  /** What counts of it, for somebody who attaches identities or does not. */
  list(attaches: boolean): HoldingList {
    const { useful, carriers, tools } = this;
    if (attaches && carriers.length > 0) {
      this.wholeList ??= listOf([...useful, ...carriers], tools);
      return this.wholeList;
    }
    return (this.usefulList ??= listOf(useful, tools));
  }
}

function listOf(holdings: readonly Holding[], { places, table }: SummaryTools): HoldingList {
  return new HoldingList(holdings, places, table.held);
}

/** The same grant at several places is no better than at one, unless something there stands in the way. */
function withoutRepeats(carriers: readonly Holding[], { places, denials }: SummaryTools): readonly Holding[] {
  const seen = new Set<Granted>();
  return carriers.filter(({ scope, granted }) => {
    if (scope.kind === 'resource' || denials.isTouched(places.at(scope))) return true;
    if (seen.has(granted)) return false;
    seen.add(granted);
    return true;
  });
}
