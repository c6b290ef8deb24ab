import type { Verdict } from '../../../src/tenant/access/decision.js';
import { evaluateCondition } from '../../../src/rbac/conditions/evaluate-condition.js';
import { parseCondition } from '../../../src/rbac/conditions/parse-condition.js';
import { forAll, forAny, negate, type Truth, truthOf } from '../../../src/rbac/conditions/truth.js';
import { definition } from '../../laws/reference.js';
import { expectedReach } from '../../rbac/reach/reference.js';
import { type Caller, callerOf, isAbout, isMissing, isSame, reaches, segments } from './reference-rows.js';
import { builtInRoles } from './vocabulary.js';
import type {
  AssignmentRow,
  ConditionText,
  DenyRow,
  PermissionRow,
  QuestionRow,
  World,
} from './world-rows.js';

// How Azure decides, step by step as on
// https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource
// and as slow and obvious as it can be: arrays are walked, nothing is remembered. `unknown` is what nobody could read.

/** One thing that grants or denies: whether it is about the question, as far as was read, and whether its conditions hold. */
interface Effect {
  readonly read: Truth;
  readonly condition: Truth;
}

/** The decision for one question, asked of the plain rows. */
export function expectedVerdict(world: World, question: QuestionRow): Verdict {
  const reach = expectedReach(question.scope, question.operation, question.plane);
  if (reach === 'out') return 'not-granted';
  const verdict = verdictWithinReach(world, question);
  return reach === 'unknown' && (verdict === 'allowed' || verdict === 'conditional') ? 'unknown' : verdict;
}

function verdictWithinReach(world: World, question: QuestionRow): Verdict {
  const caller = callerOf(world, question);
  const denies = keep(world.denyAssignments.flatMap(deny => effectsOfDeny(world, deny, caller, question)));
  const held = [...world.roleAssignments, ...world.activeAssignments];
  const grants = keep(held.flatMap(row => effectsOfAssignment(world, row, caller, question)));
  const mayMissDenies = isMissing(world, 'denyAssignments', question);
  const mayMissGrants = isMissing(world, 'roleAssignments', question);

  if (denies.some(isCertain)) return 'denied';
  if (grants.length === 0 && !mayMissGrants) return 'not-granted';
  if (mayMissDenies || denies.some(deny => deny.read === 'unknown')) return 'unknown';
  if (grants.some(isCertain)) return denies.length === 0 ? 'allowed' : 'conditional';
  if (mayMissGrants || grants.some(grant => grant.read === 'unknown')) return 'unknown';
  return 'conditional';
}

/** What its own assignments grant, or may grant, and those of groups that it is known to be in. */
export function knownGrants(world: World, question: QuestionRow): readonly Effect[] {
  const known: Caller = { ...callerOf(world, question), isComplete: true };
  const held = [...world.roleAssignments, ...world.activeAssignments];
  return keep(held.flatMap(row => effectsOfAssignment(world, row, known, question)));
}

function keep(effects: readonly Effect[]): Effect[] {
  return effects.filter(({ read, condition }) => read !== 'false' && condition !== 'false');
}

function isCertain({ read, condition }: Effect): boolean {
  return read === 'true' && condition === 'true';
}

function effectsOfAssignment(
  world: World,
  { properties }: AssignmentRow,
  caller: Caller,
  question: QuestionRow,
): Effect[] {
  const { principalId, principalType, scope, roleDefinitionId, condition } = properties;
  const reach = reaches(world, scope, question.scope);
  if (reach === 'false') return [];
  const read = all(reach, isAbout(world, principalId, principalType, caller));
  if (read === 'false') return [];
  const permissions = permissionsOf(world, roleDefinitionId);
  if (permissions === undefined)
    return [{ read: all(read, 'unknown'), condition: holds(condition, question) }];
  return permissions
    .filter(permission => covers(permission, question))
    .map(entry => ({ read, condition: all(holds(condition, question), holds(entry.condition, question)) }));
}

function effectsOfDeny(
  world: World,
  { properties }: DenyRow,
  caller: Caller,
  question: QuestionRow,
): Effect[] {
  if (properties.denyAssignmentEffect?.toLowerCase() === 'audit') return [];
  const permissions = properties.permissions.filter(permission => covers(permission, question));
  if (permissions.length === 0) return [];
  const names = (list: DenyRow['properties']['principals']): Truth =>
    forAny(list, ({ id, type }) => isAbout(world, id, type, caller));
  const toEveryone = properties.principals.some(({ id }) => /^[0-]+$/.test(id));
  const read = all(
    properties.doNotApplyToChildScopes === true
      ? truthOf(isSame(segments(properties.scope), segments(question.scope)))
      : reaches(world, properties.scope, question.scope),
    toEveryone ? 'true' : names(properties.principals),
    negate(names(properties.excludePrincipals)),
  );
  return permissions.map(entry => ({
    read,
    condition: all(holds(properties.condition, question), holds(entry.condition, question)),
  }));
}

function covers(permission: PermissionRow, { operation, plane }: QuestionRow): boolean {
  const [granted, taken] =
    plane === 'control'
      ? [permission.actions, permission.notActions]
      : [permission.dataActions, permission.notDataActions];
  const match = (pattern: string): boolean =>
    definition(pattern.trim().toLowerCase()).test(operation.toLowerCase());
  return granted.some(match) && !taken.some(match);
}

function permissionsOf(world: World, roleDefinitionId: string): readonly PermissionRow[] | undefined {
  const guid = segments(roleDefinitionId).at(-1);
  return [...world.roleDefinitions, ...builtInRoles].find(role => role.name.toLowerCase() === guid)
    ?.properties.permissions;
}

/** Only the name of the operation is known of a request, and what its scope names of a storage account. */
function holds(text: ConditionText, question: QuestionRow): Truth {
  if (text == null || text.trim() === '') return 'true';
  const parts = segments(question.scope);
  const at = parts.lastIndexOf('microsoft.storage');
  const [type, account] = at > 0 && parts[at - 1] === 'providers' ? parts.slice(at + 1) : [];
  return evaluateCondition(parseCondition(text).expression, {
    action: question.operation,
    subOperation: undefined,
    attribute: (source, path) =>
      source === 'Resource' &&
      path.toLowerCase() === 'microsoft.storage/storageaccounts:name' &&
      type === 'storageaccounts'
        ? { kind: 'values', values: [account!] }
        : { kind: 'unknown' },
  });
}

function all(...truths: readonly Truth[]): Truth {
  return forAll(truths, truth => truth);
}
