/** Whether a resource of that type is a role definition or a role assignment, or a request for one to PIM. */
export function isRoleType(type: string): boolean {
  return roleType.test(type);
}

const roleType =
  /^(?:Microsoft\.Authorization|.*\/providers)\/role(?:Definitions|Assignments|(?:Eligibility|Assignment)ScheduleRequests)$/i;
