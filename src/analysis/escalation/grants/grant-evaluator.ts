import { knowledgeOf } from '../../../tenant/access/condition-truth.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { RolePermissions, Witness } from '../../../rbac/permissions/role-permissions.js';
import type { Truth } from '../../../rbac/conditions/truth.js';
import { parseScope } from '../../../rbac/model/scope.js';
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

/** Works out what roles give, each role under each condition once. */
export class GrantEvaluator {
  /** By role, then by condition. */
  private readonly known = new Map<string, Map<string | undefined, GrantedOperations>>();
  private readonly guards = new Map<string, Guard>();
  private readonly pim: bigint;

  constructor(
    private readonly tenant: Tenant,
    private readonly table: MethodTable,
  ) {
    const masks = table.ways.filter(({ method }) => method.gains === 'any-role').map(({ mask }) => mask);
    this.pim = masks.reduce((all, mask) => all | mask, 0n);
  }

  /** Of a role by its GUID; nothing where nobody knows the role. */
  of(roleGuid: string, condition?: string): GrantedOperations {
    return this.once(roleGuid, condition, () => {
      const role = this.tenant.role(roleGuid);
      if (role === undefined) return nothingGranted;
      return this.read(operation => witnesses(role, operation), condition);
    });
  }

  /** Of a role that grants everything. */
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
        ({ truth, texts }) => truth === 'true' && !this.isDoubtful(operation, texts),
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
  private isDoubtful({ bit }: NumberedOperation, texts: readonly string[]): boolean {
    return texts.length > 0 && (this.pim & bit) !== 0n;
  }
}

function witnesses(role: RolePermissions, { operation, plane }: NumberedOperation): readonly Witness[] {
  const provider = operation.slice(0, operation.indexOf('/')).toLowerCase();
  return role.touches(provider) ? role.witnesses(operation, plane) : [];
}

/** Conditions ask for names of storage accounts and what is in them; no method has to do with those. */
const root = parseScope('/');
