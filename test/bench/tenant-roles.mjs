import { customRoleId, subscriptionScope } from './tenant-ids.mjs';
import { mulberry32 } from './seeded.mjs';

/** How many of a hundred assignments are of which role. What is left over is of any built-in role, or a custom one. */
const usual = [
  ['Reader', 22],
  ['Contributor', 19],
  ['Storage Blob Data Contributor', 7],
  ['Storage Blob Data Reader', 6],
  ['Key Vault Secrets User', 7],
  ['AcrPull', 6],
  ['Owner', 4],
  ['Monitoring Metrics Publisher', 3],
  ['Network Contributor', 3],
  ['Log Analytics Reader', 2],
  ['Key Vault Administrator', 2],
  ['Virtual Machine Contributor', 2],
  ['Managed Identity Operator', 2],
  ['AzureML Data Scientist', 2],
  ['User Access Administrator', 1],
];

/** Picks roles as a tenant has them: a few built-in ones for most assignments. Returns a GUID. */
export function rolePicker(builtInRoles, { customRoles }) {
  const guidOf = name => builtInRoles.find(name).guid;
  const hundred = usual.flatMap(([name, count]) => Array.from({ length: count }, () => guidOf(name)));
  const all = [...builtInRoles.all()].map(role => role.guid);
  return {
    guidOf,
    pick(random) {
      const role = hundred[Math.floor(random() * 100)];
      if (role !== undefined) return role;
      if (customRoles === 0 || random() < 0.4) return all[Math.floor(random() * all.length)];
      return customRoleId(Math.floor(random() ** 2 * customRoles));
    },
  };
}

export function* customRoleRows(operations, { customRoles, subscriptions, seed }) {
  const control = operations.filter(operation => operation.plane === 'control').map(operation => operation.name);
  const data = operations.filter(operation => operation.plane === 'data').map(operation => operation.name);
  for (let number = 0; number < customRoles; number++) {
    const random = mulberry32(seed + 15_485_863 + number);
    const name = customRoleId(number);
    const scope = subscriptionScope(Math.floor(random() * subscriptions));
    yield {
      id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
      name,
      type: 'Microsoft.Authorization/roleDefinitions',
      properties: {
        roleName: `Contoso Role ${number}`,
        type: 'CustomRole',
        description: 'Made by the benchmark.',
        assignableScopes: [scope],
        permissions: [permissionOf(random, control, data)],
      },
    };
  }
}

/** Operations one by one for most, whole types or providers for some, everything less a few for a few. */
function permissionOf(random, control, data) {
  const pick = list => list[Math.floor(random() * list.length)];
  const some = (list, most) => Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(list));
  const start = (operation, parts) => operation.split('/').slice(0, parts).join('/');
  const style = random();
  const dataActions = random() < 0.2 ? some(data, 4) : [];
  if (style < 0.6) return permission([...near(random, control, 30), '*/read'].slice(0, 31), [], dataActions);
  if (style < 0.85) {
    const types = some(control, 6).map(operation => `${start(operation, 2)}/*${random() < 0.5 ? '/read' : ''}`);
    return permission([...types, 'Microsoft.Resources/subscriptions/resourceGroups/read'], [], dataActions);
  }
  if (style < 0.95) {
    const provider = start(pick(control), 1);
    return permission([`${provider}/*`], [`${provider}/*/delete`], dataActions);
  }
  return permission(['*'], ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'], []);
}

/** Operations that stand beside each other in the catalog: roles are about one thing. */
function near(random, operations, most) {
  const first = Math.floor(random() * (operations.length - most));
  return operations.slice(first, first + 1 + Math.floor(random() * most));
}

function permission(actions, notActions, dataActions) {
  return { actions, notActions, dataActions, notDataActions: [] };
}
