/** Whether a resource of that type is a role definition or a role assignment. */
export function isRoleType(type: string): boolean {
  return roleType.test(type);
}

const roleType = /^(?:Microsoft\.Authorization|.*\/providers)\/role(?:Definitions|Assignments)$/i;
