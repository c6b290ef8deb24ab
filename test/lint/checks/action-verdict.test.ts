import { expect, test } from 'vitest';
import { actionVerdict, verdicts } from '../../../src/lint/checks/action-verdict.js';
import type { Match } from '../../../src/lint/checks/match.js';
import type { ActionList } from '../../../src/rbac/model/role-definition.js';
import { shippedCatalog } from '../../shipped-catalog.js';
import { contextOf, customRole, evaluate } from './custom-role.js';

/** All verdicts on one string, as `verdict` or `verdict/variant`, with their matches. */
function judge(text: string, list: ActionList = 'actions'): { names: string[]; matches: Match[] } {
  const role = customRole({ [list]: [text] });
  const context = contextOf(role);
  const all = verdicts.flatMap(verdict =>
    evaluate(actionVerdict, role, { verdict }, context).map(match => ({ verdict, match })),
  );
  return {
    names: all.map(({ verdict, match }) =>
      match.variant === undefined ? verdict : `${verdict}/${match.variant}`,
    ),
    matches: all.map(({ match }) => match),
  };
}

test.each<{ text: string; list?: ActionList; verdict: string | undefined }>([
  { text: 'Microsoft.Compute/virtualMachines/read', verdict: undefined },
  { text: '*', verdict: undefined },
  { text: '*', list: 'dataActions', verdict: undefined },
  { text: '*/read', verdict: undefined },
  { text: 'Microsoft.Compute/virtualMachines/*/read', verdict: undefined },
  { text: 'Microsoft.Network/publicIPAddresses/*/write', list: 'notActions', verdict: undefined },
  { text: 'microsoft.compute/virtualmachines/read', verdict: 'casing' },
  { text: 'Microsoft.Compute/virtualMachines/${verb}', verdict: 'placeholder' },
  { text: 'Microsoft.Compute/#{resourceType}#/read', verdict: 'placeholder' },
  { text: '__ACTION__', verdict: 'placeholder' },
  { text: "[parameters('action')]", verdict: 'placeholder' },
  { text: '{{item}}/*/read', verdict: 'placeholder' },
  { text: 'microsoft.directory/users/basic/update', verdict: 'other-system' },
  { text: 'microsoft.office365.serviceHealth/allEntities/allTasks', verdict: 'other-system' },
  { text: 'Directory.ReadWrite.All', verdict: 'other-system' },
  { text: 'Mail.Send', verdict: 'other-system' },
  { text: 'iam:PassRole', verdict: 'other-system' },
  { text: 'ec2:*', verdict: 'other-system' },
  { text: ' User.Read.All ', verdict: 'other-system' },
  { text: ' Microsoft.Compute/virtualMachines/allTasks', verdict: 'illegal-characters/blanks' },
  { text: 'storage.objects.get', verdict: 'other-system' },
  { text: '', verdict: 'illegal-characters/empty' },
  { text: '  ', verdict: 'illegal-characters/empty' },
  { text: ' Microsoft.Compute/virtualMachines/read', verdict: 'illegal-characters/blanks' },
  { text: 'Microsoft.Compute/virtualMachines/*\t', verdict: 'illegal-characters/blanks' },
  { text: 'Microsoft.Compute/virtualMachines/read\u00a0', verdict: 'illegal-characters/blanks' },
  { text: 'Microsoft.Compute/virtualMachines/\u201cread\u201d', verdict: 'illegal-characters' },
  { text: 'Microsoft.Compute/virtual\u200bMachines/read', verdict: 'illegal-characters' },
  { text: ' Microsoft.Compute/virtual\u200bMachines/read', verdict: 'illegal-characters' },
  { text: 'Microsoft.Compute/virtualMachines/read\u0000', verdict: 'illegal-characters' },
  { text: 'Microsoft.Compute/\ud800/read', verdict: 'illegal-characters' },
  { text: 'Microsoft.Compute/{read,write}', verdict: 'illegal-characters' },
  { text: 'Microsoft.Compute/?/read', verdict: 'illegal-characters' },
  {
    text: 'Microsoft.CognitiveServices/accounts/ComputerVision/imageanalysis:analyze/action',
    list: 'dataActions',
    verdict: undefined,
  },
  { text: '/Microsoft.Compute/virtualMachines/read', verdict: 'is-resource-type/leading-slash' },
  { text: '/subscriptions/6f8a3c52-1d0e-4b7a-9c54-2e9b7f10a3d6', verdict: 'is-resource-type/resource-id' },
  { text: '/providers/Microsoft.Compute/virtualMachines', verdict: 'is-resource-type/resource-id' },
  { text: 'Microsoft.Compute', verdict: 'is-resource-type' },
  { text: 'Microsoft.Compute/virtualMachines', verdict: 'is-resource-type' },
  { text: 'Microsoft.Compute/virtualMachines/', verdict: 'is-resource-type' },
  { text: 'Microsoft.Network/*/subnets/*', verdict: 'multiple-wildcards' },
  { text: '**', verdict: 'multiple-wildcards' },
  { text: 'Microsoft.Nowhere/*/things/*', verdict: 'multiple-wildcards' },
  { text: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', verdict: 'wrong-plane' },
  { text: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*', verdict: 'wrong-plane' },
  { text: 'Microsoft.Storage/storageAccounts/read', list: 'dataActions', verdict: 'wrong-plane' },
  { text: 'Microsoft.Storage/storageAccounts/delete', list: 'notDataActions', verdict: 'wrong-plane' },
  { text: 'Microsoft.Logic/templates/delete', list: 'dataActions', verdict: 'wrong-plane/inferred' },
  { text: 'Microsoft.KeyVault/vaults/*/read', list: 'dataActions', verdict: undefined },
  { text: 'Microsoft.MachineLearningServices/workspaces/read', list: 'dataActions', verdict: 'wrong-plane' },
  { text: 'Microsoft.MachineLearningServices/workspaces/*', list: 'dataActions', verdict: undefined },
  {
    text: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/invoke/action',
    list: 'dataActions',
    verdict: undefined,
  },
  { text: 'Microsoft.ClassicCompute/virtualMachines/restart/action', verdict: 'retired' },
  {
    text: 'Microsoft.ClassicCompute/virtualMachines/restart/action',
    list: 'dataActions',
    verdict: 'wrong-plane',
  },
  { text: 'Contoso.Widgets/widgets/read', verdict: 'unknown-provider' },
  { text: 'Microsoft.Comput/virtualMachines/read', verdict: 'unknown-provider/near-match' },
  { text: 'Microsoft.Comput/*/read', verdict: 'unknown-provider/near-match' },
  { text: 'Microsoft.ComputevirtualMachines/read', verdict: 'unknown-provider/near-match' },
  { text: 'Microsoft.Compute/virtualMachine/read', verdict: 'unknown' },
  { text: 'Microsoft.MachineLearningServices/workspace/read', verdict: 'unknown' },
  { text: 'Microsoft.MachineLearningServices/workspace/*', verdict: 'matches-nothing/near-match' },
  {
    text: 'Microsoft.Storage/storageAccounts/blobServices/containers/blob/read',
    list: 'dataActions',
    verdict: 'unknown',
  },
  { text: 'Microsoft.Compute/virtualMachines/raed', verdict: 'unknown' },
  { text: 'Microsoft.Compute/virtualMachines/teleportation/action', verdict: 'unknown/no-near-match' },
  // Known from operations alone, from retired ones alone, and from built-in roles alone.
  { text: 'Microsoft.Addons/teleportation/action', verdict: 'unknown/no-near-match' },
  { text: 'Microsoft.AutonomousSystems/teleportation/action', verdict: 'unknown/no-near-match' },
  { text: 'Microsoft.ProgrammableConnectivity/teleportation/action', verdict: 'unknown/no-near-match' },
  { text: 'Microsoft.Compute/disks/create', verdict: 'bad-verb' },
  { text: 'Microsoft.Compute/*/list', verdict: 'bad-verb' },
  { text: 'Microsoft.Compute/virtualMachines/allTasks', verdict: 'bad-verb' },
  {
    text: 'Microsoft.ProgrammableConnectivity/Gateways/NetworkAPIAccess',
    list: 'dataActions',
    verdict: undefined,
  },
  { text: 'Microsoft.Kubernetes/managedClusters/*', verdict: 'matches-nothing' },
  { text: 'Microsoft.Compute/virtualMachine/*', verdict: 'matches-nothing/near-match' },
  { text: 'Microsoft.ClassicCompute/domainNames/slots/*', verdict: 'matches-nothing/retired' },
  { text: 'Microsoft.ClassicCompute/virtualMachines/*', verdict: 'matches-nothing/in-built-in-role' },
  { text: 'Microsoft.Compute/virtual*/read', verdict: 'partial-wildcard' },
  { text: 'Microsoft.Comp*', verdict: 'partial-wildcard' },
  { text: 'Microsoft.Compute/*Machines/read', verdict: 'partial-wildcard' },
  { text: '*Machines/read', verdict: 'partial-wildcard' },
  { text: 'Microsoft.Insights/alertRules/', verdict: undefined },
  { text: 'constructor', verdict: 'unknown-provider' },
  { text: '__proto__/read', verdict: 'unknown-provider' },
])('"$text" in $list is judged $verdict', ({ text, list, verdict }) => {
  expect(judge(text, list).names).toEqual(verdict === undefined ? [] : [verdict]);
});

test('a verdict names the string as written and its list', () => {
  expect(judge('Microsoft.Compute/virtualMachines/read ').matches[0]).toMatchObject({
    at: { pointer: '/permissions/0/actions/0' },
    evidence: { action: 'Microsoft.Compute/virtualMachines/read ', list: 'Actions' },
    fix: { kind: 'replace', text: 'Microsoft.Compute/virtualMachines/read', effect: 'none' },
  });
});

test.each<{ text: string; list?: ActionList; evidence: object }>([
  { text: 'Microsoft.Comput/*/read', evidence: { suggestions: ['Microsoft.Compute/*/read'] } },
  {
    text: 'Microsoft.Compute/virtualMachines',
    evidence: {
      suggestions: [
        'Microsoft.Compute/virtualMachines/read',
        'Microsoft.Compute/virtualMachines/write',
        'Microsoft.Compute/virtualMachines/delete',
      ],
    },
  },
  { text: 'MICROSOFT.COMPUTE/disks/read', evidence: { spelling: 'Microsoft.Compute/disks/read' } },
  {
    text: 'Microsoft.Compute/disks\u200b/read',
    evidence: { character: 'a zero-width space (U+200B)', suggestions: ['Microsoft.Compute/disks/read'] },
  },
  { text: 'User.Read.All', evidence: { system: 'Microsoft Graph' } },
  { text: 'Microsoft.Compute/{read,write}', evidence: { character: '"{"' } },
  { text: 'Microsoft.Compute/caf\u00e9/read', evidence: { character: 'U+00E9' } },
  { text: 'Microsoft.Compute/*/List', evidence: { verb: 'List' } },
  { text: 'Microsoft.Compute/disks/Create', evidence: { verb: 'Create' } },
  { text: 'Microsoft.Network/*/subnets/*', evidence: { wildcards: 2 } },
  { text: 'Microsoft.Compute/${verb}', evidence: { placeholder: '${verb}' } },
  {
    text: 'Microsoft.Storage/storageAccounts/read',
    list: 'dataActions',
    evidence: { plane: 'control', to: 'Actions' },
  },
])('the evidence on "$text"', ({ text, list, evidence }) => {
  expect(judge(text, list).matches[0]?.evidence).toMatchObject(evidence);
});

test.each([
  ['\0', 'a NUL character (U+0000)'],
  ['\t', 'a tab (U+0009)'],
  ['\n', 'a line break (U+000A)'],
  ['\r', 'a carriage return (U+000D)'],
  [' ', 'a blank (U+0020)'],
  ['\u00a0', 'a no-break space (U+00A0)'],
  ['\u00ad', 'a soft hyphen (U+00AD)'],
  ['\u200b', 'a zero-width space (U+200B)'],
  ['\u200c', 'a zero-width non-joiner (U+200C)'],
  ['\u200d', 'a zero-width joiner (U+200D)'],
  ['\u2013', 'an en dash (U+2013)'],
  ['\u2014', 'an em dash (U+2014)'],
  ['\u2018', 'a curly quote (U+2018)'],
  ['\u2019', 'a curly quote (U+2019)'],
  ['\u201c', 'a curly quote (U+201C)'],
  ['\u201d', 'a curly quote (U+201D)'],
  ['\ufeff', 'a byte order mark (U+FEFF)'],
  ['\u007f', 'U+007F'],
  ['~', '"~"'],
  ['!', '"!"'],
])('the character %j in an operation is %s', (character, name) => {
  const [match] = judge(`Microsoft.Compute/dis${character}ks/read`).matches;
  expect(match?.evidence).toMatchObject({ character: name, suggestions: ['Microsoft.Compute/disks/read'] });
});

test('of a resource type three operations are named at most, and reads first', () => {
  expect(judge('Microsoft.ApiManagement/service/users').matches[0]?.evidence['suggestions']).toEqual([
    'Microsoft.ApiManagement/service/users/read',
    'Microsoft.ApiManagement/service/users/write',
    'Microsoft.ApiManagement/service/users/delete',
  ]);
});

test.each<{ name: string; text: string; list?: ActionList; fix: object | undefined }>([
  {
    name: 'a published plane',
    text: 'Microsoft.Storage/storageAccounts/read',
    list: 'dataActions',
    fix: { kind: 'move', to: 'actions', effect: 'intended' },
  },
  {
    name: 'a concluded plane',
    text: 'Microsoft.Logic/templates/delete',
    list: 'dataActions',
    fix: undefined,
  },
  {
    name: 'one near match',
    text: 'Microsoft.Compute/virtualMachines/restat/action',
    fix: { kind: 'replace', text: 'Microsoft.Compute/virtualMachines/restart/action', effect: 'intended' },
  },
  {
    name: 'a zero-width space in an operation',
    text: 'Microsoft.Compute/disks\u200b/read',
    fix: { kind: 'replace', text: 'Microsoft.Compute/disks/read', effect: 'intended' },
  },
  { name: 'nothing near', text: 'Microsoft.Compute/virtualMachines/teleportation/action', fix: undefined },
])('the edit for $name', ({ text, list, fix }) => {
  expect(judge(text, list).matches[0]?.fix).toEqual(fix);
});

test('a rule that minds the list sees only its own', () => {
  const role = customRole({
    actions: ['Microsoft.Compute/disk/read'],
    notActions: ['Microsoft.Compute/disk/write'],
  });
  const matches = evaluate(actionVerdict, role, { verdict: 'unknown', lists: ['notActions'] });
  expect(matches.map(({ at }) => at.pointer)).toEqual(['/permissions/0/notActions/0']);
});

test('the operations of the catalog are never called unknown or misplaced on their own plane', () => {
  const control: string[] = [];
  const data: string[] = [];
  for (const { name, plane } of shippedCatalog.operations) (plane === 'data' ? data : control).push(name);
  const role = customRole({ actions: control, dataActions: data });
  const context = contextOf(role);
  expect(verdicts.flatMap(verdict => evaluate(actionVerdict, role, { verdict }, context))).toEqual([]);
});

test('the strings of the built-in roles get no verdict but casing, blanks, and wildcards that cover nothing', () => {
  const context = contextOf();
  const names = [...shippedCatalog.builtInRoles.all()].flatMap(role =>
    verdicts.flatMap(verdict =>
      evaluate(actionVerdict, role, { verdict }, context).map(({ variant }) => `${verdict}/${variant}`),
    ),
  );
  expect([...new Set(names)].sort()).toEqual([
    'casing/undefined',
    'illegal-characters/blanks',
    'matches-nothing/in-built-in-role',
    'placeholder/undefined',
  ]);
});
