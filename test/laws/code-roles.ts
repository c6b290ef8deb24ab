import { positionAt } from '../../src/input/position.js';
import type { SourceDocument } from '../../src/input/source-document.js';
import { runLint } from '../../src/lint/engine/run.js';
import type { RoleDefinition } from '../../src/rbac/model/role-definition.js';
import { shippedRules } from '../lint-example.js';
import { shippedCatalog } from '../shipped-catalog.js';

export interface RestRole {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly permissions: readonly Readonly<Record<string, readonly string[]>>[];
  };
}

/** A built-in role written as a custom one, with up to three faults of the kinds that people make. */
export function generatedRole(random: () => number): RestRole {
  const built = pick([...shippedCatalog.builtInRoles.all()], random);
  const [first] = built.permissions;
  const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;
  const permission = Object.fromEntries(
    lists.map(list => [list, (first?.[list] ?? []).slice(0, 12).map(({ text }) => text)]),
  ) as Record<string, string[]>;
  const role: { name: string; properties: Record<string, unknown> } = {
    name: `11111111-2222-3333-4444-${String(Math.floor(random() * 1e12)).padStart(12, '0')}`,
    properties: {
      roleName: `Custom ${built.name!.value}`,
      description: 'A role of ours.',
      assignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555'],
      permissions: [permission],
    },
  };
  for (let i = 0; i < 3; i++) if (random() < 0.7) pick(faults, random)(role, permission, random);
  return role as RestRole;
}

type Fault = (
  role: { name: string; properties: Record<string, unknown> },
  permission: Record<string, unknown>,
  random: () => number,
) => void;

const faults: readonly Fault[] = [
  (_role, permission, random) => addTo(permission, 'actions', pick(actions, random)),
  (_role, permission, random) => addTo(permission, 'dataActions', pick(actions, random)),
  (_role, permission, random) => addTo(permission, 'notActions', pick(actions, random)),
  (_role, permission, random) => change(permission, random, text => text.slice(0, -1)),
  (_role, permission, random) => change(permission, random, text => text.toUpperCase()),
  (_role, permission, random) => change(permission, random, text => ` ${text}`),
  (_role, permission) => addTo(permission, 'actions', String((permission['actions'] as string[])[0] ?? '*')),
  role => delete role.properties['roleName'],
  role => delete role.properties['assignableScopes'],
  role => (role.properties['assignableScopes'] = ['/', '/subscriptions/x', '/subscriptions/x']),
  role => (role.properties['permission'] = 'x'),
  role => (role.properties['description'] = ''),
  (_role, permission) => (permission['dataAction'] = ['a']),
  (_role, permission) => (permission['actions'] = []),
];

const actions = [
  '*',
  '*/read',
  '*/write',
  'Microsoft.Authorization/*/write',
  'Microsoft.Compute/virtualMachines/*/action',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  'Microsoft.Nonsense/things/read',
  'Microsoft.Compute/virtualMachines/reed',
  'Microsoft.KeyVault/vaults/secrets/*',
  's3:GetObject',
  '',
];

function addTo(permission: Record<string, unknown>, list: string, action: string): void {
  if (Array.isArray(permission[list])) permission[list].push(action);
}

function change(
  permission: Record<string, unknown>,
  random: () => number,
  by: (text: string) => string,
): void {
  const list = permission['actions'];
  if (!Array.isArray(list) || list.length === 0) return;
  const at = Math.floor(random() * list.length);
  list[at] = by(String(list[at]));
}

function pick<T>(all: readonly T[], random: () => number): T {
  return all[Math.floor(random() * all.length)]!;
}

/** What is found in the roles of a document, with the literal that it is found at, sorted. */
export function findingsIn(
  documents: readonly SourceDocument[],
  roleDefinitions: readonly RoleDefinition[],
  literalOf = (text: string): string => text,
): string[] {
  const { findings } = runLint({
    documents,
    roleDefinitions,
    rules: shippedRules,
    settings: new Map(),
    catalog: shippedCatalog,
    asOf: '2026-11-21',
  });
  return findings
    .filter(({ rule }) => rule.id !== 'document-syntax')
    .map(({ rule, variant, severity, message, evidence, at }) => {
      const { text } = at.document;
      const literal = at.range === undefined ? '' : text.slice(at.range.start, at.range.end);
      const isShort = literal.length < 200 && !/[[{]/.test(literal.charAt(0));
      if (at.range !== undefined) positionAt(at.document, at.range.start);
      return JSON.stringify([
        rule.id,
        variant,
        severity,
        message,
        evidence,
        isShort ? literalOf(literal) : '',
      ]);
    })
    .sort();
}
