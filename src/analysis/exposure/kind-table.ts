import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { OperationGroup } from '../../lint/checks/operation-group.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { Bitset } from '../../rbac/permissions/bitset.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCatalogFolder } from '../../package/package-folder.js';

/** The kinds of access as sets of operations. A number of bits, one per kind, says which of them something is. */
export class KindTable {
  private readonly sets: readonly KindSet[];
  private readonly known = new WeakMap<PermissionSet, number>();

  constructor(
    readonly kinds: readonly AccessKind[],
    groups: readonly OperationGroup[],
    private readonly catalog: Pick<Catalog, 'operations'>,
    private readonly index: OperationIndex,
  ) {
    this.sets = kinds.map(kind => this.setOf(kind, groups));
  }

  /** Which kinds of access a set is. */
  kindsIn(set: PermissionSet): number {
    let bits = this.known.get(set);
    if (bits === undefined) {
      bits = 0;
      for (const [kind, wanted] of this.sets.entries()) if (isMet(wanted, set)) bits |= 1 << kind;
      this.known.set(set, bits);
    }
    return bits;
  }

  /** The operations of the catalog that are access of that kind. Not to be changed by the caller. */
  operations(kind: number, plane: Plane): Bitset {
    return this.sets[kind]![plane].known;
  }

  /** Operations of them that the catalog lacks, in lower case. */
  unlisted(kind: number, plane: Plane): readonly string[] {
    return this.sets[kind]![plane].unlisted;
  }

  private setOf(
    { groups: names = [], patterns = [], leastPercent }: AccessKind,
    groups: readonly OperationGroup[],
  ): KindSet {
    const planes = { control: this.emptyPlane(), data: this.emptyPlane() };
    for (const name of names) {
      const group = groups.find(candidate => candidate.name === name);
      for (const { operation, plane } of group?.operations ?? []) {
        const number = this.catalog.operations.indexOf(operation);
        if (number >= 0) planes[plane].known.add(number);
        else planes[plane].unlisted.push(operation.toLowerCase());
      }
    }
    for (const { pattern, plane } of patterns) {
      const covered = this.index.expand(pattern).clone();
      covered.keepAll(this.index.mask(plane));
      planes[plane].known.addAll(covered);
    }
    const size = planes.control.known.size + planes.data.known.size;
    return { ...planes, least: leastPercent === undefined ? 1 : Math.ceil((size * leastPercent) / 100) };
  }

  private emptyPlane(): KindPlane {
    return { known: new Bitset(this.index.size), unlisted: [] };
  }
}

interface KindSet extends Record<Plane, KindPlane> {
  readonly least: number;
}

interface KindPlane {
  readonly known: Bitset;
  readonly unlisted: string[];
}

function isMet(kind: KindSet, set: PermissionSet): boolean {
  if (kind.least > 1)
    return (
      kind.control.known.sharedWith(set.control.known) + kind.data.known.sharedWith(set.data.known) >=
      kind.least
    );
  return (['control', 'data'] as const).some(
    plane =>
      kind[plane].known.intersects(set[plane].known) ||
      (set[plane].unlisted.size > 0 && kind[plane].unlisted.some(lower => set[plane].unlisted.has(lower))),
  );
}

/** A kind of access that counts: an entry of `role-catalog/access-kinds.json`. The weights of all of them are 100. */
export interface AccessKind {
  /** Kebab-case and stable: scripts look at it. */
  readonly id: string;
  readonly title: string;
  /** The points of whoever has it everywhere. Even: points are multiples of a tenth then. */
  readonly weight: number;
  /** What its holder does, as the end of a sentence. */
  readonly why: string;
  /** Operation groups: any of their operations is access of this kind. */
  readonly groups?: readonly string[];
  /** And any operation that one of these covers. */
  readonly patterns?: readonly { readonly pattern: string; readonly plane: Plane }[];
  /** One role must give so much of it, where one operation is not enough. */
  readonly leastPercent?: number;
}

/** What comes with azrbac. */
export function loadAccessKinds(folder = shippedCatalogFolder()): readonly AccessKind[] {
  const text = readFileSync(join(folder, 'access-kinds.json'), 'utf8');
  return (JSON.parse(text) as { readonly kinds: readonly AccessKind[] }).kinds;
}
