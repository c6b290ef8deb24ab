import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCatalogFolder } from '../../package/package-folder.js';
import type { Plane } from '../../rbac/model/role-definition.js';

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
