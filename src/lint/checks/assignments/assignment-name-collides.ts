import { identityOf } from '../../../input/value-identity.js';
import type { AssignmentValue, CodeAssignment } from '../../../rbac/model/code-assignment.js';
import type { Check } from '../check.js';
import { codeAssignmentMatch } from './code-assignment-match.js';

/**
 * Finds assignments of one deployment that will have the same name: Azure takes it for one and the same, and refuses to
 * change whom it is for. What is alike in all else is another fault, and what may not be deployed together is none.
 */
export const assignmentNameCollides: Check<'inventory'> = {
  subject: 'inventory',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ assignments }) {
    const firstByName = new Map<string, CodeAssignment>();
    for (const assignment of assignments) {
      const { name, domain } = assignment;
      const own = keyOf(name);
      if (own === undefined || assignment.unknowns.some(({ part }) => part === 'presence')) continue;
      const key = `${domain} ${own}`;
      const first = firstByName.get(key);
      if (first === undefined) firstByName.set(key, assignment);
      else if (areApart(first, assignment)) {
        yield {
          ...codeAssignmentMatch(assignment, name!.at, { other: first.address }),
          related: [{ at: first.name!.at, message: `The name of ${first.address}.` }],
        };
      }
    }
  },
};

/** Whether they are known to differ in whom they give what. */
function areApart(one: CodeAssignment, other: CodeAssignment): boolean {
  return (
    [
      each => each.principal,
      each => each.roleId,
      each => each.roleName,
      each => each.scope,
    ] as const satisfies readonly Part[]
  ).some(part => isOther(part(one), part(other)));
}

type Part = (assignment: CodeAssignment) => AssignmentValue | undefined;

function isOther(one: AssignmentValue | undefined, other: AssignmentValue | undefined): boolean {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a !== undefined && b !== undefined && a !== b;
}

function keyOf(value: AssignmentValue | undefined): string | undefined {
  return value && identityOf(value.value)?.toLowerCase();
}
