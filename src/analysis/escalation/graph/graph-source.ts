import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { Delegations } from '../grants/delegations.js';
import { DenialTable } from '../grants/denials.js';
import { EffectiveNotes } from './effective-operations.js';
import { GrantEvaluator } from '../grants/grant-evaluator.js';
import { GrantIndex } from '../grants/grant-index.js';
import type { EscalationMethod } from '../methods/method.js';
import { MethodTable } from '../methods/method-table.js';
import { Pruner } from './pruner.js';

/** What a graph is built from, read of a tenant. */
export class GraphSource {
  readonly table: MethodTable;
  readonly evaluator: GrantEvaluator;
  readonly delegations: Delegations;
  readonly denials: DenialTable;
  readonly pruner: Pruner;
  readonly notes = new EffectiveNotes();

  constructor(
    readonly tenant: Tenant,
    methods: readonly EscalationMethod[],
    readonly includeEligible: boolean,
    targets: readonly Scope[],
  ) {
    this.table = new MethodTable(methods);
    this.evaluator = new GrantEvaluator(tenant, this.table);
    this.delegations = new Delegations(tenant, this.table, this.evaluator);
    this.denials = new DenialTable(tenant, this.table);
    const grants = new GrantIndex(tenant, this.evaluator, includeEligible);
    this.pruner = new Pruner(tenant, this.table, grants, targets);
  }
}
