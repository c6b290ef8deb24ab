import type { SourceRef } from '../../input/source-document.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { GuidTable } from './guid-table.js';
import { RowRef, type RowList } from './row-ref.js';

/** What a role assignment says beside who it is and where it stands. */
export type AssignmentFields = Omit<RoleAssignment, 'id' | 'at' | 'scope'>;

/**
 * A role assignment of a snapshot. A tenant has a million: what can be worked out is not kept. Since that is its id, its
 * scope as written and its row, a copy of its properties is no role assignment.
 */
export class CollectedAssignment implements RoleAssignment {
  readonly place: Scope;
  readonly principalId: string;
  readonly principalType: string | undefined;
  readonly roleGuid: string;
  readonly condition: string | undefined;
  readonly conditionVersion: string | undefined;
  /** The number of the GUID that its id ends in; -1 where that is none. */
  private readonly number: number;
  /** The id, where it is more than the scope and the GUID. */
  private readonly ownId: string | undefined;
  private readonly names: GuidTable;
  private readonly rows: RowList;
  private readonly row: number;

  constructor(fields: AssignmentFields, id: string, names: GuidTable, at: RowRef) {
    this.place = fields.place;
    this.principalId = fields.principalId;
    this.principalType = fields.principalType;
    this.roleGuid = fields.roleGuid;
    this.condition = fields.condition;
    this.conditionVersion = fields.conditionVersion;
    this.number = names.add(id, id.lastIndexOf('/') + 1);
    this.ownId = this.number >= 0 && isUsual(id, fields.place.text) ? undefined : id.toLowerCase();
    this.names = names;
    this.rows = at.list;
    this.row = at.index;
  }

  get scope(): string {
    return this.place.text;
  }

  get id(): string {
    return this.ownId ?? `${stem(this.scope).toLowerCase()}${middle}${this.names.text(this.number)}`;
  }

  /** Equal for equal ids, and quicker to compare: the number of its GUID, or the whole id where it has none. */
  get name(): number | string {
    return this.number >= 0 ? this.number : this.ownId!;
  }

  get at(): SourceRef {
    return new RowRef(this.rows, this.row);
  }
}

/** Whether the id is the scope, the type, and what is as long as a GUID. */
function isUsual(id: string, scope: string): boolean {
  const start = stem(scope);
  if (id.length !== start.length + middle.length + guidLength) return false;
  const isMiddle = id.slice(start.length, -guidLength).toLowerCase() === middle;
  return isMiddle && (id.startsWith(start) || id.toLowerCase().startsWith(start.toLowerCase()));
}

/** What an id at the scope begins with. */
function stem(scope: string): string {
  return scope.endsWith('/') ? scope.slice(0, -1) : scope;
}

const middle = '/providers/microsoft.authorization/roleassignments/';
const guidLength = 36;
