import type { SourceRef } from '../../input/source-document.js';
import type { Scope } from './scope.js';

/** One role for one principal at one scope. Ids are in lower case: Azure compares them without regard to case. */
export interface RoleAssignment {
  /** The full ARM id, or its GUID where no more is known. */
  readonly id: string;
  /** As written. */
  readonly scope: string;
  /** What that says: the same object for all at one scope as it is written. */
  readonly place: Scope;
  readonly principalId: string;
  /** `User`, `Group`, `ServicePrincipal`, … as Azure says it; undefined where it does not. */
  readonly principalType: string | undefined;
  /** The trailing GUID of `roleDefinitionId`: its prefix depends on the scope that was asked. */
  readonly roleGuid: string;
  /** A condition (ABAC) guards the whole assignment. */
  readonly condition: string | undefined;
  /** `2.0`, or `1.0` in old ones; undefined where none is written. */
  readonly conditionVersion: string | undefined;
  readonly at: SourceRef;
  /** Where its condition is written, where that is a place of its own: in code. */
  readonly conditionAt?: SourceRef | undefined;
}

/**
 * What Privileged Identity Management (PIM) has on a role assignment: who may activate it, or holds it for a time
 * (https://learn.microsoft.com/rest/api/authorization/role-assignment-schedule-instances).
 */
export interface ScheduledAssignment extends RoleAssignment {
  /** When it begins and ends, as written; undefined where it has no end, or none is known. */
  readonly startsOn: string | undefined;
  readonly endsOn: string | undefined;
  /** How an active one is held: held for good (`Assigned`), or because somebody activated it (`Activated`). */
  readonly assignmentType: 'Assigned' | 'Activated' | undefined;
  /** The id, for an active one, of the role assignment that it stands for. */
  readonly originId: string | undefined;
}
