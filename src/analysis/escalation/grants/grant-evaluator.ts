import { knowledgeOf } from '../../../tenant/access/condition-truth.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RolePermissions, Witness } from '../../../rbac/permissions/role-permissions.js';
import type { Truth } from '../../../rbac/conditions/truth.js';
import { parseScope, type Scope } from '../../../rbac/model/scope.js';
import type { ScopeReach } from '../../../rbac/reach/scope-reach.js';
import type { PossibleSet } from '../methods/interned-sets.js';
import { nothing } from '../methods/interned-sets.js';
import type { MethodTable, NumberedOperation } from '../methods/method-table.js';

/** What a role gives for escalation under the condition of its assignment: sets of operations of the method table. */
export interface GrantedOperations extends PossibleSet {
  /** The number of both sets together, among those of the method table. */
  readonly number: number;
  /** Under which conditions it assigns roles, where it may only perhaps. */
  readonly guards: readonly Guard[];
}

/** Conditions that have to hold together for roles to be assigned. The same ones are the same guard. */
export interface Guard {
  readonly number: number;
  readonly texts: readonly string[];
  /** Whether it tells principals apart by their ids: then what it lets through is one principal's alone. */
  readonly asksForPrincipal: boolean;
}

/** Nothing at all. */
export const nothingGranted: GrantedOperations = { definite: 0n, possible: 0n, number: nothing, guards: [] };

/** Operations of the method table that have an effect at some scopes, and those that may have one. */
interface ReachedOperations {
  readonly within: bigint;
  readonly unknown: bigint;
}

/** Works out what roles give, each role under each condition once. */
export class GrantEvaluator {
  /** What is granted, by role, then by condition. */
  private readonly known = new Map<string, Map<string | undefined, GrantedOperations>>();
  private readonly reached = new Map<ScopeReach, Map<GrantedOperations, GrantedOperations>>();
  private readonly masks = new Map<ScopeReach, ReachedOperations>();
  private readonly guards = new Map<string, Guard>();
  private readonly pim: bigint;

  constructor(
    private readonly tenant: Tenant,
    private readonly table: MethodTable,
  ) {
    const masks = table.ways.filter(({ method }) => method.gains === 'any-role').map(({ mask }) => mask);
    this.pim = masks.reduce((all, mask) => all | mask, 0n);
  }

  /** What is granted by a role by its GUID; nothing where nobody knows the role. */
  of(roleGuid: string, condition?: string): GrantedOperations {
    return this.once(roleGuid, condition, () => {
      const role = this.tenant.role(roleGuid);
      if (role === undefined) return nothingGranted;
      return this.read(operation => witnesses(role, operation), condition);
    });
  }

  /** What is granted by a role assigned at a scope: see {@link within}. */
  at(place: Scope, roleGuid: string, condition?: string): GrantedOperations {
    return this.within(place, this.of(roleGuid, condition));
  }

  /** What of that can have an effect at a scope: what only may have one there is not definite. */
  within(place: Scope, granted: GrantedOperations): GrantedOperations {
    const reach = this.tenant.reach.at(place);
    if (granted.number === nothing || reach.isEverything('control')) return granted;
    let reached = this.reached.get(reach);
    if (reached === undefined)
      this.reached.set(reach, (reached = new Map<GrantedOperations, GrantedOperations>()));
    let limited = reached.get(granted);
    if (limited === undefined) reached.set(granted, (limited = this.limit(granted, this.maskAt(reach))));
    return limited;
  }

  private limit(granted: GrantedOperations, { within, unknown }: ReachedOperations): GrantedOperations {
    const definite = granted.definite & within;
    const possible = (granted.possible & (within | unknown)) | (granted.definite & unknown);
    if (definite === granted.definite && possible === granted.possible) return granted;
    const number = this.table.held.number({ definite, possible });
    return { definite, possible, number, guards: granted.guards };
  }

  private maskAt(reach: ScopeReach): ReachedOperations {
    let mask = this.masks.get(reach);
    if (mask === undefined) {
      const bits = { in: 0n, unknown: 0n, out: 0n };
      for (const { operation, plane, bit } of this.table.operations)
        bits[reach.answer(operation, plane)] |= bit;
      this.masks.set(reach, (mask = { within: bits.in, unknown: bits.unknown }));
    }
    return mask;
  }

  /** What is granted by a role that grants everything. */
  ofAnyRole(condition?: string): GrantedOperations {
    return this.once('*', condition, () => this.read(() => [undefined], condition));
  }

  private once(
    role: string,
    condition: string | undefined,
    read: () => GrantedOperations,
  ): GrantedOperations {
    let byCondition = this.known.get(role);
    if (byCondition === undefined) this.known.set(role, (byCondition = new Map()));
    let granted = byCondition.get(condition);
    if (granted === undefined) byCondition.set(condition, (granted = read()));
    return granted;
  }

  /** The conditions of a witness's permission alone; those of no witness are none. */
  private read(
    witnessesOf: (operation: NumberedOperation) => readonly (Witness | undefined)[],
    condition: string | undefined,
  ): GrantedOperations {
    let [definite, possible] = [0n, 0n];
    const guards = new Set<Guard>();
    for (const operation of this.table.operations) {
      const found = witnessesOf(operation).map(witness => {
        const texts = [condition, witness?.permission.permission.condition?.value].filter(
          text => text !== undefined,
        );
        return { texts, truth: this.truthOf(texts, operation) };
      });
      const isCertain = found.some(
        ({ truth, texts }) => truth === 'true' && !this.isUncertain(operation, texts),
      );
      if (isCertain) definite |= operation.bit;
      else if (found.some(({ truth }) => truth !== 'false')) possible |= operation.bit;
      if (operation.bit !== this.table.control.mask || isCertain) continue;
      for (const { truth, texts } of found) if (truth === 'unknown') guards.add(this.guardOf(texts));
    }
    return {
      definite,
      possible,
      number: this.table.held.number({ definite, possible }),
      guards: [...guards],
    };
  }

  private guardOf(texts: readonly string[]): Guard {
    const key = JSON.stringify(texts);
    let guard = this.guards.get(key);
    if (guard === undefined) {
      const asksForPrincipal = key.toLowerCase().includes('principalid');
      this.guards.set(key, (guard = { number: this.guards.size, texts, asksForPrincipal }));
    }
    return guard;
  }

  private truthOf(texts: readonly string[], { operation, plane }: NumberedOperation): Truth {
    return this.tenant.conditions.truthOf(texts, knowledgeOf(operation, plane, root));
  }

  /** Whether PIM heeds conditions on role assignments in its own requests, no page of Microsoft's says. */
  private isUncertain({ bit }: NumberedOperation, texts: readonly string[]): boolean {
    return texts.length > 0 && (this.pim & bit) !== 0n;
  }
}

function witnesses(role: RolePermissions, { operation, plane }: NumberedOperation): readonly Witness[] {
  const provider = operation.slice(0, operation.indexOf('/')).toLowerCase();
  return role.touches(provider) ? role.witnesses(operation, plane) : [];
}

/** Conditions ask for names of storage accounts and what is in them; no method has to do with those. */
const root = parseScope('/');
