/** `1 identity`, `1,204 identities`. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${whole(number)} ${number === 1 ? one : many}`;
}

/** With thousands apart. */
export function whole(number: number): string {
  return number.toLocaleString('en-US');
}

/** Points: `16`, `4.8`. */
export function points(number: number): string {
  return number.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** A figure that something not read may raise. */
export function atLeast(figure: number, upTo: number): string {
  return upTo > figure ? `≥ ${points(figure)}` : points(figure);
}

export const reachWords: Readonly<Record<string, string>> = {
  tenant: 'at the root or a management group',
  subscription: 'at a subscription',
  'resource-group': 'at a resource group',
  resource: 'at a resource',
};

const types: Readonly<Record<string, string>> = {
  User: 'user',
  Group: 'group',
  ForeignGroup: 'group of another directory',
  ServicePrincipal: 'service principal',
  Device: 'device',
  Unknown: 'unknown to the directory',
};

export function typeWord(type: string): string {
  return types[type] ?? type;
}

const kinds: Readonly<Record<string, string>> = {
  'role-definition': 'role',
  'role-assignment': 'role assignment',
  'eligible-assignment': 'eligible assignment',
  'deny-assignment': 'deny assignment',
  'management-group': 'management group',
  'resource-group': 'resource group',
};

/** An id of a kind, in words. */
export function kindWord(kind: string): string {
  return kinds[kind] ?? kind;
}
