import type { Finding } from '../../lint/engine/finding.js';

/** The one thing that a person would change, or decide about, to be rid of some findings. */
export interface CauseSubject {
  /** `roles`: several together. `owners`: those of subscriptions. */
  readonly kind:
    | 'role'
    | 'roles'
    | 'group'
    | 'principal'
    | 'owners'
    | 'condition'
    | 'scope'
    | 'deny-assignment'
    | 'file';
  /** As people know it, or what there is in its place. */
  readonly name: string;
  /** A GUID or ARM id; null where there is none. */
  readonly id: string | null;
}

/** A subject, and what tells it from others of its kind. */
export interface KeyedSubject extends CauseSubject {
  readonly key: string;
}

/**
 * What a finding comes from. Of an assignment that is its role: who gives out Owner in 40 places decides once. Where a rule
 * itself names something nearer, such as the group that guests are in, it is that. `fileKey` makes paths the same from
 * wherever azrbac was started.
 */
export function subjectOf(finding: Finding, fileKey: (file: string) => string): KeyedSubject {
  return byCheck.get(finding.rule.check)?.(finding) ?? usualSubject(finding, fileKey);
}

function usualSubject(finding: Finding, fileKey: (file: string) => string): KeyedSubject {
  const { subject, condition, at } = finding;
  if (condition !== undefined)
    return { kind: 'condition', name: condition, id: null, key: `${finding.roleGuid ?? ''} ${condition}` };
  switch (subject?.kind) {
    case 'role-definition':
      return roleOf(finding, fileKey);
    case 'role-assignment':
    case 'eligible-assignment':
      return assignedRole(finding);
    case 'deny-assignment': {
      // Deployment stacks and blueprints make the same one in many places.
      const name = subject.name ?? subject.id ?? '';
      return { kind: 'deny-assignment', name, id: subject.id, key: name };
    }
    case 'principal':
    case 'scope': {
      const id = subject.id ?? '';
      return { kind: subject.kind, name: subject.name ?? id, id, key: id };
    }
    case undefined: {
      const file = fileKey(at.document.file);
      return { kind: 'file', name: at.document.file, id: null, key: file };
    }
  }
}

/** A role in a file or in the tenant. Without a GUID it is told from others by its name and file. */
function roleOf({ subject, roleGuid, at }: Finding, fileKey: (file: string) => string): KeyedSubject {
  const name = subject?.name ?? subject?.id ?? '(unnamed)';
  const key = roleGuid ?? JSON.stringify([name, fileKey(at.document.file)]);
  return { kind: 'role', name, id: roleGuid ?? null, key };
}

/** What an assignment is of. Where nobody knows the role, its name is its GUID. */
function assignedRole({ evidence, roleGuid }: Finding): KeyedSubject {
  const name = textOf(evidence['roleName']) ?? roleGuid ?? '(unnamed)';
  return { kind: 'role', name, id: roleGuid ?? null, key: roleGuid ?? name };
}

function assignedPrincipal({ evidence }: Finding, kind: 'principal' | 'group'): KeyedSubject {
  const id = textOf(evidence['principalId']) ?? '';
  return { kind, name: textOf(evidence['principal']) ?? id, id, key: id };
}

/** Sentences by the check, as rules of one's own may have the same ones. Undefined: as usual. */
const byCheck: ReadonlyMap<string, (finding: Finding) => KeyedSubject | undefined> = new Map([
  [
    'assignment-guest-privileged',
    finding => (finding.evidence['group'] === undefined ? assignedRole(finding) : groupOf(finding)),
  ],
  ['assignment-orphaned-principal', finding => assignedPrincipal(finding, 'principal')],
  ['assignment-owner-count', ownersOf],
  ['assignment-repeated', coveringHolder],
  ['assignment-to-user', heldByPeople],
  [
    'assignment-toxic-combination',
    ({ evidence }) => rolesTogether(listOf(evidence['roles']), textOf(evidence['combination']) ?? ''),
  ],
  [
    'pim-standing-privileged',
    finding => (finding.evidence['principalType'] === 'Group' ? groupOf(finding) : undefined),
  ],
]);

function groupOf(finding: Finding): KeyedSubject {
  return assignedPrincipal(finding, 'group');
}

/** The same few people in many subscriptions are one matter. */
function ownersOf({ evidence }: Finding): KeyedSubject | undefined {
  const owners = listOf(evidence['owners']);
  if (owners.length === 0) return undefined;
  return { kind: 'owners', name: owners.join(', '), id: null, key: JSON.stringify(owners) };
}

/** A group for the one role is soon made. Whoever has several needs to be looked at, and no two have the same. */
function heldByPeople({ evidence }: Finding): KeyedSubject {
  const [role, ...others] = listOf(evidence['roles']);
  if (role === undefined || others.length > 0) return rolesTogether([], 'several roles');
  return { kind: 'role', name: role, id: null, key: role };
}

/** What makes assignments superfluous: a group for all its members, else what the principal itself holds. */
function coveringHolder(finding: Finding): KeyedSubject {
  const group = /^the group (.*)$/s.exec(textOf(finding.evidence['through']) ?? '')?.[1];
  if (group === undefined) return assignedPrincipal(finding, 'principal');
  return { kind: 'group', name: group, id: null, key: group };
}

function rolesTogether(roles: readonly string[], what: string): KeyedSubject {
  return { kind: 'roles', name: roles.join(', ') || what, id: null, key: JSON.stringify([what, roles]) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
