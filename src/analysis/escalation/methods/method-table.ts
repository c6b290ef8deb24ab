import type { Plane } from '../../../rbac/model/role-definition.js';
import type { Scope } from '../../../rbac/model/scope.js';
import { type PossibleSet, includes } from './interned-sets.js';
import { InternedSets, SetTest } from './interned-sets.js';
import type { EscalationMethod } from './method.js';
import { fullTypeOf } from './resource-type.js';

/** An operation of some method. Sets of them are bits of one number, so that what a role grants is compared in one go. */
export interface NumberedOperation {
  readonly operation: string;
  readonly plane: Plane;
  readonly bit: bigint;
}

/** One way of a method. Sets of ways are bits of one number, too. */
export interface Way {
  readonly method: EscalationMethod;
  readonly operations: readonly NumberedOperation[];
  /** All its operations. */
  readonly mask: bigint;
  readonly doubt: string | undefined;
  readonly bit: bigint;
}

/** Something that an identity can be attached to, by the operations that make it. */
export interface Carrier {
  readonly operations: readonly NumberedOperation[];
  readonly mask: bigint;
  /** Whether a set of operations makes it. */
  readonly makes: SetTest;
  /** The types of resources that these operations are on, in lower case. */
  readonly types: readonly string[];
}

/** The methods, with their operations and ways numbered. */
export class MethodTable {
  readonly operations: readonly NumberedOperation[];
  readonly ways: readonly Way[];
  /** Every operation of every method. */
  readonly everything: bigint;
  /** The one that assigns roles: whoever may do it without a condition is as good as Owner. */
  readonly control: Way;
  /** Operations that change what somebody holds. */
  readonly growing: bigint;
  /** The one that edits roles. */
  readonly editing: bigint;
  readonly allWays: bigint;
  /** Ways that need something to attach an identity to. */
  readonly attachingWays: readonly Way[];
  /** Sets of operations that something gives. */
  readonly held = new InternedSets();
  /** Sets of ways that are open somewhere. */
  readonly opened = new InternedSets();
  /** Whether a set of operations assigns roles, and whether it edits them. */
  readonly controls: SetTest;
  readonly edits: SetTest;
  private readonly waysBy: number[] = [];
  private readonly numbered = new Map<string, NumberedOperation>();
  private readonly carriersBy = new Map<EscalationMethod, readonly Carrier[]>();

  constructor(readonly methods: readonly EscalationMethod[]) {
    const ways: Way[] = [];
    for (const method of methods) {
      for (const { control = [], data = [], doubt } of method.ways) {
        const operations = [...this.number(control, 'control'), ...this.number(data, 'data')];
        ways.push({ method, operations, mask: maskOf(operations), doubt, bit: 1n << BigInt(ways.length) });
      }
      if (method.carriers !== undefined) {
        this.carriersBy.set(
          method,
          method.carriers.map(names => this.carrier(names)),
        );
      }
    }
    this.ways = ways;
    const growing = ways.filter(({ method }) => method.gains !== 'identity-of-resource');
    this.growing = growing.reduce((all, { mask }) => all | mask, 0n);
    this.editing = growing.find(({ method }) => method.gains === 'held-role')!.mask;
    this.allWays = ways.reduce((all, { bit }) => all | bit, 0n);
    this.attachingWays = ways.filter(({ method }) => method.carriers !== undefined);
    this.operations = [...this.numbered.values()];
    this.everything = maskOf(this.operations);
    this.control = ways.find(({ method }) => method.gains === 'assigned-roles')!;
    this.controls = new SetTest(this.held, this.control.mask);
    this.edits = new SetTest(this.held, this.editing);
  }

  /**
   * Ways whose operations are held and that yield identities; and the one that is control, where nothing is uncertain
   * about it. The others change what somebody holds. Takes and gives numbers of sets.
   */
  waysOf(held: number): number {
    return (this.waysBy[held] ??= this.opened.number(this.findWays(this.held.at(held))));
  }

  private findWays(held: PossibleSet): PossibleSet {
    let [definite, possible] = [0n, 0n];
    for (const way of this.ways) {
      const isControl = way === this.control;
      if (way.method.gains !== 'identity-of-resource' && !isControl) continue;
      if (includes(held.definite, way.mask)) definite |= way.bit;
      else if (!isControl && includes(held.definite | held.possible, way.mask)) possible |= way.bit;
    }
    return { definite, possible };
  }

  carriersOf(method: EscalationMethod): readonly Carrier[] | undefined {
    return this.carriersBy.get(method);
  }

  /** The operations of a set, in the order of the methods. */
  operationsIn(mask: bigint): readonly NumberedOperation[] {
    return this.operations.filter(({ bit }) => (mask & bit) !== 0n);
  }

  private carrier(names: readonly string[]): Carrier {
    const operations = this.number(names, 'control');
    const types = names.map(name => name.slice(0, name.lastIndexOf('/')).toLowerCase());
    const mask = maskOf(operations);
    return { operations, mask, makes: new SetTest(this.held, mask), types };
  }

  private number(names: readonly string[], plane: Plane): NumberedOperation[] {
    return names.map(operation => {
      const key = `${plane} ${operation.toLowerCase()}`;
      const known = this.numbered.get(key) ?? { operation, plane, bit: 1n << BigInt(this.numbered.size) };
      this.numbered.set(key, known);
      return known;
    });
  }
}

/**
 * Whether something of these types can be made, or changed, where a role is held: a role at a storage account reaches
 * no virtual machine, though it may hold the operations.
 */
export function canStandIn(scope: Scope, { types }: Carrier): boolean {
  if (scope.kind !== 'resource') return true;
  const outer = fullTypeOf(scope.key);
  return types.every(type => type === outer || type.startsWith(`${outer}/`));
}

function maskOf(operations: readonly NumberedOperation[]): bigint {
  return operations.reduce((mask, { bit }) => mask | bit, 0n);
}
