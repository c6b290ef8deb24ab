import type { JsonObject } from '../../input/json-node.js';
import { treeOf } from '../../input/plain-tree.js';
import type { SourceDocument, SourceRef } from '../../input/source-document.js';
import { readRoleDefinition } from '../../rbac/model/read-role-definition.js';
import type { RoleDefinition } from '../../rbac/model/role-definition.js';

/** A role definition as it was collected, and where. */
export interface RoleRow {
  readonly value: object;
  readonly at: SourceRef;
}

/** The role definitions of a snapshot by GUID. An export holds a thousand built-in ones: each is read when asked for. */
export class SnapshotRoles {
  private readonly read = new Map<string, RoleDefinition>();

  constructor(private readonly rows: ReadonlyMap<string, RoleRow>) {}

  get size(): number {
    return this.rows.size;
  }

  has(guid: string): boolean {
    return this.rows.has(guid);
  }

  /** Finds a role by GUID in lower case. */
  find(guid: string): RoleDefinition | undefined {
    const known = this.read.get(guid);
    if (known !== undefined) return known;
    const row = this.rows.get(guid);
    if (row === undefined) return undefined;
    const role = roleOfRow(row.value, row.at.document.file, row.at.pointer);
    this.read.set(guid, role);
    return role;
  }

  *all(): Generator<RoleDefinition> {
    for (const guid of this.rows.keys()) yield this.find(guid)!;
  }
}

/** Reads a part of a file, which stands at `pointer`. It has no text: places in it have pointers but no range. */
export function roleOfRow(row: object, file: string, pointer: string): RoleDefinition {
  const root = treeOf(row);
  const document: SourceDocument = {
    file,
    text: '',
    root,
    rootPointer: pointer,
    comments: [],
    tolerated: [],
    syntaxProblems: [],
  };
  return readRoleDefinition(document, root as JsonObject);
}
