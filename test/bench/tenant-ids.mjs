// The ids of a generated tenant. Each follows from what it is of and its number, so that nothing has to be remembered.

/** A GUID, always the same for the same kind and number. */
export function guid(kind, number) {
  let hex = '';
  for (let part = 0; part < 4; part++) hex += hash(`${kind} ${number} ${part}`).toString(16).padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** FNV-1a, stirred once more: neighbouring numbers must not look alike, or gzip would pack them too well. */
export function hash(text) {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

export const subscriptionId = number => guid('subscription', number);
export const managementGroupName = number => (number === 0 ? 'contoso' : `contoso-mg-${number}`);
export const managementGroupScope = number =>
  `/providers/Microsoft.Management/managementGroups/${managementGroupName(number)}`;
export const subscriptionScope = number => `/subscriptions/${subscriptionId(number)}`;
export const principalId = number => guid('principal', number);
export const groupId = number => guid('group', number);
export const customRoleId = number => guid('role', number);
export const tenantId = guid('tenant', 0);
export const roleIdAt = (scope, role) =>
  `${scope.startsWith('/subscriptions') ? scope.split('/', 3).join('/') : ''}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
