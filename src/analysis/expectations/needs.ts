import { getOrInsert } from '../../maps.js';
import type { ActionSet, CompositeActionSet } from '../../rbac/action-sets/action-set.js';
import { joinNeeds, type Need } from '../../rbac/action-sets/coverage.js';
import { forbiddenBy, needOf, type SetTools } from '../../rbac/action-sets/need.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { ExpectedNeed } from './expectations.js';
import { groupBy } from './group-by.js';
import { Numbers } from './numbers.js';

/** What action sets ask for, worked out once for all identities: the same object for the same needs. */
export class Needs {
  private readonly bySet = new Map<ActionSet, Need>();
  private readonly withoutForbidden = new Map<ActionSet, Need>();
  private readonly joined = new Map<string, Need>();
  private readonly beside = new Map<string, Need>();
  private readonly numbers = new Numbers();
  readonly none: Need;

  constructor(
    private readonly tools: SetTools,
    nothing: PermissionSet,
  ) {
    this.none = { required: nothing, tolerated: nothing, forbidden: nothing };
  }

  of(set: ActionSet): Need {
    return getOrInsert(this.bySet, set, () => needOf(set, this.tools));
  }

  /** What a set asks for, less what it forbids: for needs of which nobody knows whether they are any. */
  harmless(set: ActionSet): Need {
    return getOrInsert(this.withoutForbidden, set, () => ({
      ...this.of(set),
      forbidden: this.none.forbidden,
    }));
  }

  /**
   * What composites forbid whoever has their parts, wherever that is: an identity that must not write endpoints must not do so
   * at a workspace, be its parts at a registry and a storage account.
   */
  everywhere(expected: readonly ExpectedNeed[]): Need[] {
    const parts = groupBy(expected, ({ partOf }) => partOf);
    return [...parts].flatMap(([composite, needs]) =>
      composite === undefined
        ? []
        : [this.forbiddenBeside(composite, [...new Set(needs.map(({ set }) => set))])],
    );
  }

  /**
   * What is forbidden beside the parts of a composite that are in use: what they require is held on
   * purpose, and elsewhere it is excess as any other.
   */
  private forbiddenBeside(composite: CompositeActionSet, parts: readonly ActionSet[]): Need {
    const needs = parts.map(set => this.of(set));
    const key = [composite, ...needs].map(object => this.numbers.of(object)).join(' ');
    let need = this.beside.get(key);
    if (need === undefined) {
      const forbidden = needs.reduce(
        (left, { required }) => left.subtract(required),
        forbiddenBy(composite, this.tools),
      );
      this.beside.set(key, (need = { ...this.none, forbidden }));
    }
    return need;
  }

  /** Needs of one place together; of none of them, nothing. */
  together(needs: readonly Need[]): Need {
    const [first, ...rest] = needs;
    if (first === undefined) return this.none;
    const key = needs.map(need => this.numbers.of(need)).join(' ');
    return getOrInsert(this.joined, key, () => joinNeeds([first, ...rest]));
  }
}
