import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { Delegations } from '../grants/delegations.js';
import { Denials } from '../grants/denials.js';
import { EffectiveNotes } from './effective-operations.js';
import { GrantReader } from '../grants/grant-evaluator.js';
import { Holdings } from '../grants/grant-index.js';
import type { EscalationMethod } from '../methods/method.js';
import { MethodTable } from '../methods/method-table.js';
import { Relevance } from './pruner.js';

/** What a graph is built from, read of a tenant. */
export class GraphSource {
  readonly table: MethodTable;
  readonly grants: GrantReader;
  readonly delegations: Delegations;
  readonly denials: Denials;
  readonly relevance: Relevance;
  readonly notes = new EffectiveNotes();

  constructor(
    readonly tenant: Tenant,
    methods: readonly EscalationMethod[],
    readonly includeEligible: boolean,
    targets: readonly Scope[],
  ) {
    this.table = new MethodTable(methods);
    this.grants = new GrantReader(tenant, this.table);
    this.delegations = new Delegations(tenant, this.table, this.grants);
    this.denials = new Denials(tenant, this.table);
    const holdings = new Holdings(tenant, this.grants, includeEligible);
    this.relevance = new Relevance(tenant, this.table, holdings, targets);
  }
}
