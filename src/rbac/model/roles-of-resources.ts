import type { CodeResource } from '../../input/code-resource.js';
import { assignmentOfResource, isAssignmentType } from './assignment-of-resource.js';
import type { CodeAssignment } from './code-assignment.js';
import type { RoleDefinition } from './role-definition.js';
import { isRoleDefinitionType, roleOfResource } from './role-of-resource.js';

/** What resources of Azure's own languages are to us. */
export interface FoundInResources {
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly assignments: readonly CodeAssignment[];
  readonly isEmpty: boolean;
}

/** The roles and role assignments among resources. */
export function rolesOfResources(resources: readonly CodeResource[]): FoundInResources {
  const roleDefinitions = resources.filter(({ type }) => isRoleDefinitionType(type)).map(roleOfResource);
  const assignments = resources
    .filter(({ type }) => isAssignmentType(type))
    .flatMap(resource => assignmentOfResource(resource) ?? []);
  return { roleDefinitions, assignments, isEmpty: roleDefinitions.length + assignments.length === 0 };
}
