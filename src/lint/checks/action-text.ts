import { providerOf } from '../../rbac/model/provider-of.js';
// What a string in a role says about itself, without looking anything up.

/** A system whose permissions are often taken for Azure roles' operations. */
export type ActionSystem = 'Microsoft Entra ID' | 'Microsoft Graph' | 'AWS IAM' | 'Google Cloud IAM';

/** Azure's limit of one star per string (https://learn.microsoft.com/azure/role-based-access-control/custom-roles). */
export function countStars(text: string): number {
  let stars = 0;
  for (let at = text.indexOf('*'); at >= 0; at = text.indexOf('*', at + 1)) stars++;
  return stars;
}

/** The namespace in front of the first slash, in lower case; undefined where a star stands in it. */
export function namedProvider(action: string): string | undefined {
  const provider = providerOf(action).toLowerCase();
  return provider.includes('*') ? undefined : provider;
}

/** The text behind the last slash, in lower case. */
export function lastSegmentOf(action: string): string {
  return action.slice(action.lastIndexOf('/') + 1).toLowerCase();
}

/** What every operation ends in; one of 22,704 does not. */
export const verbs: ReadonlySet<string> = new Set(['read', 'write', 'delete', 'action']);

/** The system that the string belongs to, if it is not Azure RBAC. Whoever asks has ruled out Azure's own operations. */
export function actionSystemOf(text: string): ActionSystem | undefined {
  if (entraNamespace.test(text) || /\/allTasks$/i.test(text)) return 'Microsoft Entra ID';
  if (text.includes('/') || text.length > 200) return undefined;
  if (awsAction.test(text)) return 'AWS IAM';
  if (/^microsoft\./i.test(text)) return undefined;
  if (graphPermission.test(text)) return 'Microsoft Graph';
  return googlePermission.test(text) ? 'Google Cloud IAM' : undefined;
}

const entraNamespace = /^microsoft\.(?:directory|office365\.\w+|azure\.\w+|aad\.\w+)\//i;
const awsAction = /^[a-z][a-z0-9-]{0,63}:[A-Za-z*][A-Za-z0-9*]*$/;
const graphPermission =
  /^[A-Z][A-Za-z0-9-]*\.(?:[A-Za-z]+\.)?(?:Read|ReadWrite|ReadBasic|Send|Create|Write|Manage|Invite|Export|AccessAsUser)(?:\.[A-Za-z-]+)*$/;
const googlePermission = /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*){2,}$/;

/** The form of a string that names a thing instead of what may be done with it. */
export type ResourceForm = 'leading-slash' | 'resource-id';

/** A pasted resource id or resource type; undefined where the string does not start like one. */
export function resourceFormOf(text: string): ResourceForm | undefined {
  if (/^\/?subscriptions\//i.test(text) || /^\/providers\//i.test(text)) return 'resource-id';
  return text.startsWith('/') ? 'leading-slash' : undefined;
}

/** The first character that Azure does not take in an action string, named so that it can be seen. */
export function illegalCharacterIn(text: string): string | undefined {
  const found = illegal.exec(text)?.[0];
  return found === undefined ? undefined : nameOfCharacter(found);
}

/** The text without what cannot be in an action string. */
export function withoutIllegalCharacters(text: string): string {
  return text.replace(new RegExp(illegal, 'gu'), '');
}

// Azure's message names letters, digits, `.`, `*` and `/`; its own operations hold `-`, `:` and `_` too.
const illegal = /[^A-Za-z0-9.*/:_-]/u;

function nameOfCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const known = characterNames.get(code);
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (known !== undefined) return `${known} (${number})`;
  return code > 0x20 && code < 0x7f ? `"${character}"` : number;
}

const characterNames: ReadonlyMap<number, string> = new Map([
  [0x00, 'a NUL character'],
  [0x09, 'a tab'],
  [0x0a, 'a line break'],
  [0x0d, 'a carriage return'],
  [0x20, 'a blank'],
  [0xa0, 'a no-break space'],
  [0xad, 'a soft hyphen'],
  [0x200b, 'a zero-width space'],
  [0x200c, 'a zero-width non-joiner'],
  [0x200d, 'a zero-width joiner'],
  [0x2013, 'an en dash'],
  [0x2014, 'an em dash'],
  [0x2018, 'a curly quote'],
  [0x2019, 'a curly quote'],
  [0x201c, 'a curly quote'],
  [0x201d, 'a curly quote'],
  [0xfeff, 'a byte order mark'],
]);
