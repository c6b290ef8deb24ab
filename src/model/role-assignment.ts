/** One role for one principal at one scope. Ids are in lower case: Azure compares them without regard to case. */
export interface RoleAssignment {
  /** The full ARM id, or its GUID where no more is known. */
  readonly id: string;
  /** As written. */
  readonly scope: string;
  readonly principalId: string;
  /** `User`, `Group`, `ServicePrincipal`, … as Azure says it; undefined where it does not. */
  readonly principalType: string | undefined;
  /** The trailing GUID of `roleDefinitionId`: its prefix depends on the scope that was asked. */
  readonly roleGuid: string;
  /** A condition (ABAC) guards the whole assignment. */
  readonly condition: string | undefined;
}
