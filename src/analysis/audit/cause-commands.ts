import type { IdentityResult } from '../expectations/check-report.js';
import type { Finding } from '../../lint/engine/finding.js';
import { assignmentCommand, deletionCommand } from '../../rbac/model/az-command.js';
import { parseScope } from '../../rbac/model/scope.js';
import type { CauseSubject } from './cause-subject.js';

/** The commands that make the change, in the order of the findings; empty where a person has to decide what to write. */
export function causeCommands(
  findings: readonly Finding[],
  subject: CauseSubject,
  results: readonly IdentityResult[],
): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { check, options } = first.rule;
  if (deleted.has(check)) return findings.flatMap(deletion);
  if (check !== 'expected-access') return [];
  const { find } = { find: '', ...options } as { readonly find: string };
  if (find === 'wider') return findings.flatMap(narrower);
  if (find === 'missing') return remedies(subject, findings, results);
  return [];
}

/** Checks that find assignments which may simply go. */
const deleted: ReadonlySet<string> = new Set([
  'assignment-orphaned-principal',
  'assignment-repeated',
  'pim-eligible-and-active',
]);

function deletion({ subject }: Finding): string[] {
  const { kind, id = null } = subject ?? {};
  return kind === 'role-assignment' && id !== null ? [deletionCommand(id)] : [];
}

/** The same role where it is needed. The wider assignment is to go after that. */
function narrower({ evidence }: Finding): string[] {
  const { roleName, principalId, narrower: scope } = evidence;
  if (typeof roleName !== 'string' || typeof principalId !== 'string' || typeof scope !== 'string') return [];
  return [assignmentCommand(roleName, { objectId: principalId, kind: null }, parseScope(scope))];
}

/** Remedies that the check of expectations names. */
function remedies(
  { id }: CauseSubject,
  findings: readonly Finding[],
  results: readonly IdentityResult[],
): string[] {
  const scopes = new Set(findings.map(({ evidence }) => evidence['scope']));
  const commands = results
    .filter(({ subject, scope }) => subject.principal === id && scope !== null && scopes.has(scope))
    .flatMap(result => result.remedies.flatMap(remedy => remedy.commands));
  return [...new Set(commands)];
}
