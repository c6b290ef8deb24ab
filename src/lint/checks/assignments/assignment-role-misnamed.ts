import type { AssignmentValue, CodeAssignment } from '../../../rbac/model/code-assignment.js';
import { trailingGuid } from '../../../rbac/model/guid.js';
import { roleName } from '../../../rbac/model/role-name.js';
import type { CheckContext } from '../check-context.js';
import type { Check } from '../check.js';
import type { Match } from '../match.js';
import { codeAssignmentMatch } from './code-assignment-match.js';

/**
 * Finds GUIDs of built-in roles that code calls by the name of another one: by the name of a variable, or in a map. A name that is
 * a part of the role's own is short for it.
 */
export const assignmentRoleMisnamed: Check<'inventory'> = {
  subject: 'inventory',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ assignments }, _options, context) {
    let names: ReadonlyMap<string, string> | undefined;
    for (const assignment of assignments) {
      const { roleId } = assignment;
      const guid = roleId && guidIn(roleId);
      const role = guid === undefined ? undefined : context.catalog.builtInRoles.find(guid);
      if (roleId === undefined || role === undefined) continue;
      names ??= builtInNames(context);
      const own = [roleName(role), ...context.catalog.builtInRoles.formerNamesOf(role.guid ?? '')];
      const match = misnamed(assignment, roleId, { own, names });
      if (match !== undefined) yield match;
    }
  },
};

function misnamed(
  assignment: CodeAssignment,
  roleId: AssignmentValue,
  { own, names }: { readonly own: readonly string[]; readonly names: ReadonlyMap<string, string> },
): Match | undefined {
  for (const label of labelsOf(roleId)) {
    const called = names.get(bare(label)) ?? names.get(plain(label));
    if (called === undefined || own.some(name => plain(name).includes(plain(called)))) continue;
    return codeAssignmentMatch(assignment, roleId.at, { label, called, roleName: own[0]! });
  }
  return undefined;
}

function guidIn({ value }: AssignmentValue): string | undefined {
  if (value.kind === 'string') return trailingGuid(value.value);
  const last = value.kind === 'unknown' ? value.parts?.at(-1) : undefined;
  return typeof last === 'string' ? trailingGuid(last) : undefined;
}

/** What the code calls the value: on its way to the role, where it is written, and in the call that makes it. */
function labelsOf({ value: { at, via } }: AssignmentValue): string[] {
  const { text } = at.document;
  const names = via.flatMap(({ name }) => wordsIn(name));
  const call = at.end - at.start > longestCall ? [] : wordsIn(text.slice(at.start, at.end));
  const before = text.slice(Math.max(0, at.start - longestLabel), at.start);
  const written = /["']?([\w .-]{3,80}?)["']?\s*[:=]\s*["']?$/.exec(before)?.[1]?.trim();
  const labels = written === undefined ? [] : [written.slice(written.lastIndexOf(' ') + 1), written];
  return [...names, ...call, ...labels];
}

function wordsIn(code: string): string[] {
  return code.match(/[A-Za-z_]\w{2,}/g) ?? [];
}

const longestCall = 300;

const longestLabel = 100;

/** Names of built-in roles, by how code may write them. */
function builtInNames({ catalog }: CheckContext): ReadonlyMap<string, string> {
  const all = [...catalog.builtInRoles.all()].map(role => roleName(role));
  return new Map(all.map(name => [plain(name), name]));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Without what only says that it is a role. */
function bare(label: string): string {
  return plain(label).replace(/(?:builtin)?(?:role)?(?:definition)?(?:id|guid|name)?$/, '');
}
