import type { CustomRole } from './custom-role.js';
import { isPlace, type Scope } from './scope.js';

/** To whom a role is to be assigned. */
export interface Grantee {
  /** Null where nobody said it. */
  readonly objectId: string | null;
  /** As Azure says it: `ServicePrincipal`, … */
  readonly kind: string | null;
}

/**
 * The command line that assigns a role. What is not known stands there in capitals
 * (https://learn.microsoft.com/cli/azure/role/assignment#az-role-assignment-create).
 */
export function assignmentCommand(
  role: string,
  { objectId, kind }: Grantee,
  scope: Scope | undefined,
): string {
  return [
    'az role assignment create',
    `--assignee-object-id ${objectId ?? 'OBJECT_ID'}`,
    ...(kind === null ? [] : [`--assignee-principal-type ${kind}`]),
    `--role ${quoted(role)}`,
    // Logs mask ids, and people replace them: then it is no place that a command could name.
    `--scope ${scope !== undefined && canBeNamed(scope) ? quoted(scope.text) : 'SCOPE'}`,
  ].join(' ');
}

/** A masked subscription leaves a word in capitals to replace. */
function canBeNamed(scope: Scope): boolean {
  return isPlace(scope) || (scope.kind === 'placeholder' && scope.placeholder === 'SUBSCRIPTION_ID');
}

/** The command line that deletes a role assignment, given by its ARM id. */
export function deletionCommand(assignment: string): string {
  return `az role assignment delete --ids ${quoted(assignment)}`;
}

/** The command line that creates a custom role. */
export function definitionCommand(role: CustomRole): string {
  return `az role definition create --role-definition ${quoted(JSON.stringify(role))}`;
}

/**
 * What people paste must not run what a stranger wrote into a name. Plain text in double quotes is the same to a POSIX
 * shell, PowerShell and cmd.exe; other text is quoted for a POSIX shell.
 */
function quoted(text: string): string {
  return /^[\w /.:@+(),-]+$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
