import {
  assign,
  deny,
  group,
  groupOf,
  id,
  type Row,
  roles,
  subscription,
} from '../tenant/access/tenant-rows.js';
import { carrier, identity, owner } from '../analysis/escalation/paths-of.js';
import { projectWith, scorer } from './project.js';

const restart = 'Microsoft.Compute/virtualMachines/restart/action';

/**
 * A folder with a file of each kind that commands read, and these texts wherever somebody may give a name: roles, files,
 * principals, conditions, scopes, reasons, tests, rules of one's own.
 */
export function projectNaming(texts: readonly string[]): string {
  return projectWith({
    'azrbac.config.json': { ruleFiles: ['own/rule-0.json', 'own/rule-1.json'] },
    'own/rule-0.json': ownRule(texts.filter((_, at) => at % 2 === 0).join(' '), 0),
    'own/rule-1.json': ownRule(texts.filter((_, at) => at % 2 === 1).join(' '), 1),
    ...Object.fromEntries(texts.map((text, at) => [`roles/${at} ${fileName(text)}.json`, role(text)])),
    ...Object.fromEntries(texts.map((text, at) => [`roles/fault-${at}.json`, faulty(text)])),
    'role.json': role(texts[0]!),
    'tenant.json': tenantNaming(texts),
    'access.json': { version: 1, identities: texts.map(expectation) },
    'tests.json': { version: 1, tests: texts.flatMap(accessTests) },
    'mistakes.json': {
      version: 1,
      [texts[0]!]: 1,
      identities: texts.map(mistaken),
      tests: texts.map(mistaken),
    },
    'endpoint.json': endpoint(texts[0]!),
    'pods.json': binding(texts[0]!),
    'error.log': texts.map(rejection).join('\n'),
  });
}

/** Neither folders nor what a disk cannot hold. */
function fileName(text: string): string {
  let name = '';
  for (const character of text.replace(/[\0/]|\p{Cs}/gu, '_')) {
    if (Buffer.byteLength(name + character) > 200) break;
    name += character;
  }
  return name;
}

function role(text: string): object {
  return {
    ...scorer,
    Name: text,
    Description: text,
    Actions: [...scorer.Actions, text, `Microsoft.Compute/${text}/*`, 'Microsoft.Authorization/*'],
    NotActions: [text],
    [text]: text,
  };
}

/** A document with a fault in it, the text in its middle and as it is. */
function faulty(text: string): string {
  return `{ "Name": "A", "Actions": ["Microsoft.Compute/*"],\n ${text}\n "AssignableScopes": [] `;
}

function ownRule(text: string, at: number): object {
  return {
    id: `role-restarts-${at}`,
    title: text,
    category: 'sensitive-operations',
    severity: 'low',
    check: 'grants-operation-group',
    options: { cases: [{ allOf: ['role-assignment-writes'] }] },
    message: `Role "{role}" ${text.replaceAll(/[{}]/g, '')}`,
    why: `Because ${text}`,
    fix: `Remove ${text}`,
    references: [`https://contoso.example/${text}`],
  };
}

function tenantNaming(texts: readonly string[]): object {
  const guid = (at: number): string => `c0000000-0000-0000-0000-${String(at).padStart(12, '0')}`;
  const user = (displayName: string, at: number): Row => ({
    ...{ id: id(at + 1), type: 'User', displayName, memberOf: [id(9000 + at)] },
  });
  return {
    ...{ version: 1, kind: 'azrbac-snapshot', tenantId: texts[0], collectedAt: texts.at(-1) },
    managementGroups: texts.map((displayName, at) => ({ id: `corp-${at}`, displayName, parent: null })),
    subscriptions: [
      { id: subscription.split('/')[2], displayName: texts[0], managementGroup: 'corp-0' },
      ...texts.map((displayName, at) => ({ id: guid(at), displayName, managementGroup: `corp-${at}` })),
    ],
    principals: [
      ...texts.map(user),
      ...texts.map((displayName, at) => ({ ...groupOf(9000 + at), displayName })),
      ...texts.map((displayName, at) => ({ ...identity(5000 + at), displayName })),
    ],
    resources: texts.map((text, at) =>
      carrier('Microsoft.Compute/virtualMachines', fileName(text), 5000 + at),
    ),
    roleDefinitions: texts.map((text, at) => customRole(text, guid(at))),
    roleAssignments: texts.flatMap((text, at) => [
      assign(guid(at), id(9000 + at), subscription),
      assign(roles.contributor, id(at + 1), group),
      assign(roles.contributor, id(at + 1), `${subscription}/resourceGroups/of ${fileName(text)} too`),
      assign(roles.owner, id(at + 1), group, { condition: text, conditionVersion: '2.0', description: text }),
      owner(5000 + at),
    ]),
    denyAssignments: texts.map((text, at) =>
      deny(group, {
        denyAssignmentName: text,
        description: text,
        permissions: [{ actions: [restart] }],
        principals: [{ id: id(at + 1) }],
      }),
    ),
    gaps: texts.map(text => ({ what: text, scope: `${subscription}/of ${text}`, reason: text })),
  };
}

function customRole(text: string, guid: string): Row {
  return {
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    properties: {
      roleName: text,
      description: text,
      type: 'CustomRole',
      assignableScopes: [subscription],
      permissions: [{ actions: ['Microsoft.Authorization/*', text], condition: text }],
    },
  };
}

function expectation(text: string, at: number): object {
  return {
    name: `${at} ${text}`,
    principal: id(at + 1),
    needs: [{ set: 'blob-read', scope: `${group}/providers/Microsoft.Storage/storageAccounts/scores` }],
    never: ['*/write'],
    accept: [{ role: 'Reader', reason: `for ${text}` }],
  };
}

function accessTests(text: string, at: number): object[] {
  const known = { name: `${at} ${text}`, principal: id(at + 1), operation: restart, scope: group };
  return [
    { ...known, expected: 'denied' },
    { ...known, expected: 'allowed', because: `of ${text}` },
    { ...known, principal: id(8000 + at), expected: 'allowed' },
  ];
}

function mistaken(text: string): object {
  return {
    name: text,
    principal: text,
    operation: text,
    scope: text,
    expected: text,
    needs: [{ set: text }],
  };
}

function endpoint(text: string): object {
  return { name: text, auth_mode: text, identity: { type: text }, traffic: { [text]: 100 } };
}

function binding(text: string): object {
  return {
    kind: 'AzureIdentityBinding',
    metadata: { name: text, namespace: text },
    spec: { azureIdentity: text, selector: text },
  };
}

function rejection(text: string): string {
  return `(AuthorizationFailed) The client '${text}' with object id '${id(1)}' does not have authorization to perform action '${restart}' over scope '${group}/${text}' or the scope is invalid.`;
}
