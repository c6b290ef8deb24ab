import {
  acceptableRoles,
  type ActionSet,
  type OperationsByPlane,
} from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Grantee } from '../../rbac/model/az-command.js';
import {
  type AssignmentLanguage,
  assignmentIn,
  type WantedAssignment,
} from '../../rbac/model/assignment-code.js';
import { type CustomRole, customRole } from '../../rbac/model/custom-role.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { RankingTools } from '../../rbac/recommendations/granting-role.js';
import {
  asksForCustomRole,
  bestOf,
  type GrantingRoles,
  grantingRoles,
  operationsOf,
} from '../../rbac/recommendations/granting-roles.js';

/** The roles that would help, and how to assign one. */
export interface Proposal {
  readonly actionSets: readonly string[];
  readonly builtInRoles: GrantingRoles;
  /** Nothing but what is missing. */
  readonly customRole: CustomRole | null;
  /** The built-in roles that fit grant far more: the assignments are of the custom role. */
  readonly prefersCustomRole: boolean;
  /** What the assignments are of; null where no role is proposed. */
  readonly role: string | null;
  /** Command lines of the Azure CLI, one for each scope. */
  readonly assignments: readonly string[];
  /** The same in other languages. */
  readonly code: Readonly<Record<AssignmentLanguage, readonly string[]>>;
}

/** What a proposal is asked for. */
export interface ProposalRequest {
  readonly needed: OperationsByPlane;
  /** Roles that documentation names for the error. */
  readonly named: readonly string[];
  readonly grantee: Grantee;
  /** Where to assign. */
  readonly at: readonly Scope[];
}

/** Proposes a role for what is missing. */
export function proposeRole(
  { needed, named, grantee, at }: ProposalRequest,
  tools: RankingTools & { readonly sets: ActionSets },
): Proposal {
  const requiring = setsRequiring(needed, tools.sets);
  const builtInRoles = grantingRoles(needed, [...named, ...requiring.flatMap(acceptableRoles)], tools);
  const custom = customFor(needed, at);
  const prefersCustomRole = custom !== null && asksForCustomRole(builtInRoles);
  const best = bestOf(builtInRoles);
  const role = prefersCustomRole ? { name: custom.Name, id: null } : best && { name: best.name, id: best.id };
  const places = at.length === 0 ? [undefined] : at;
  const wanted: WantedAssignment[] =
    role === undefined ? [] : places.map(scope => ({ role, grantee, scope }));
  return {
    actionSets: requiring.map(({ id }) => id),
    builtInRoles,
    customRole: custom,
    prefersCustomRole,
    role: role?.name ?? null,
    assignments: wanted.map(assignment => assignmentIn('az', assignment)),
    code: codeFor(wanted),
  };
}

/** Nothing to assign: no role is missing, or a role may be the wrong answer. */
export const noProposal: Proposal = {
  actionSets: [],
  builtInRoles: { roles: [], count: 0 },
  customRole: null,
  prefersCustomRole: false,
  role: null,
  assignments: [],
  code: codeFor([]),
};

function codeFor(wanted: readonly WantedAssignment[]): Proposal['code'] {
  const inLanguage = (language: AssignmentLanguage): string[] =>
    wanted.map(assignment => assignmentIn(language, assignment));
  return {
    az: inLanguage('az'),
    powershell: inLanguage('powershell'),
    bicep: inLanguage('bicep'),
    terraform: inLanguage('terraform'),
  };
}

/** Null where nothing is missing, and at the root, where no custom role can be assigned. */
function customFor(needed: OperationsByPlane, at: readonly Scope[]): CustomRole | null {
  const operations = operationsOf(needed).map(([name]) => name);
  if (operations.length === 0 || at.some(({ kind }) => kind === 'root')) return null;
  const name = `Custom ${operations[0]?.split('/').slice(-3).join(' ') ?? ''}`;
  const description = `Allows ${operations.join(', ')} and nothing else.`;
  return customRole({ name, description }, needed, at);
}

/** The action sets that require one of the operations, sorted by id. */
export function setsRequiring(needed: OperationsByPlane, sets: ActionSets): ActionSet[] {
  const wanted = new Set(operationsOf(needed).map(([name, plane]) => `${plane} ${name.toLowerCase()}`));
  return sets
    .all()
    .flatMap(set => (set.kind === 'action-set' ? [set] : []))
    .filter(({ required }) =>
      operationsOf(required).some(([name, plane]) => wanted.has(`${plane} ${name.toLowerCase()}`)),
    );
}
