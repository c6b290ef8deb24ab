import type { LocatedValue } from '../../input/located-value.js';
import { identityOf } from '../../input/value-identity.js';
import type { CodeAssignment } from '../../rbac/model/code-assignment.js';
import { guidOf } from '../../rbac/model/guid.js';
import type { Principal } from '../../rbac/model/principal.js';
import { shownText } from './unknown-names.js';

/** Whom an assignment is for. */
export interface CodePrincipal {
  /** An object id, or what stands for it in this run. */
  readonly id: string;
  /** As code speaks of it; undefined where it has an object id. */
  readonly shown: string | undefined;
  /** The address of the resource whose identity it is. */
  readonly resource: string | undefined;
  readonly type: Principal['type'];
  /** Whether all that is the same principal in the code is known to be it. */
  readonly isIdentified: boolean;
}

/** Gives principals that have no object id yet names of their own, by which code speaks of them. */
export class CodePrincipalNames {
  private readonly known = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly numbers = new Map<string, number>();

  /** The first of these that nobody has, else the last with a number: the same for the same key. */
  nameOf(key: string, candidates: readonly string[]): string {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const free = candidates.find(name => !this.taken.has(name)) ?? this.numbered(candidates.at(-1) ?? '');
    this.taken.add(free);
    this.known.set(key, free);
    return free;
  }

  private numbered(name: string): string {
    for (let number = (this.numbers.get(name) ?? 1) + 1; ; number++) {
      const candidate = `${name} (${number})`;
      if (this.taken.has(candidate)) continue;
      this.numbers.set(name, number);
      return candidate;
    }
  }
}

/** The principal of an assignment; what nobody can tell from others is one of its own. */
export function codePrincipalOf(assignment: CodeAssignment, known: CodePrincipalNames): CodePrincipal {
  const { principal, address, domain } = assignment;
  const value = principal?.value;
  const guid = value?.kind === 'string' ? guidOf(value.value) : undefined;
  const type = typeOf(assignment);
  if (guid !== undefined)
    return { id: guid, shown: undefined, resource: undefined, type, isIdentified: true };
  const identity = value && identityOf(value);
  const resource = value?.kind === 'unknown' ? value.resource : undefined;
  const own = `the principal of ${address}`;
  const first = resource ?? (value && shownPrincipal(value));
  const names = first === undefined ? [own] : [first];
  const candidates = [...names, ...names.map(name => `${name} in ${domain}`)];
  const id = known.nameOf(JSON.stringify([domain, identity ?? own]), candidates);
  return { id, shown: id, resource, type, isIdentified: identity !== undefined };
}

/** The code itself, where the name of a function says nothing. */
function shownPrincipal(value: LocatedValue): string | undefined {
  if (value.kind === 'unknown' && value.parts === undefined && /\(\)$/.test(value.reason.name)) {
    const { document, start, end } = value.at;
    const text = document.text.slice(start, end).replace(/^"\[|\]"$/g, '');
    return text.length <= longestShown && !text.includes('\n') ? text : undefined;
  }
  return value.kind === 'unknown' ? value.reason.name.replace(/^param /, '') : shownText(value);
}

const longestShown = 100;

function typeOf({ principalType, principal }: CodeAssignment): Principal['type'] {
  const written = types.get(principalType?.value.toLowerCase() ?? '');
  if (written !== undefined) return written;
  const identity = principal?.value.kind === 'unknown' ? (principal.value.identity ?? '') : '';
  return typesByIdentity.find(([pattern]) => pattern.test(identity))?.[1] ?? 'Unknown';
}

const types: ReadonlyMap<string, Principal['type']> = new Map([
  ['user', 'User'],
  ['group', 'Group'],
  ['serviceprincipal', 'ServicePrincipal'],
  ['foreigngroup', 'ForeignGroup'],
  ['device', 'Device'],
]);

/** Resources say which of their attributes is the object id of their identity. */
const typesByIdentity: readonly (readonly [RegExp, Principal['type']])[] = [
  [/\bazuread_group\./, 'Group'],
  [/\bazuread_user\./, 'User'],
  [/\bazuread_service_principal\./, 'ServicePrincipal'],
  [/\bazurerm_user_assigned_identity\./, 'ServicePrincipal'],
  [/\bidentity(?:\.\d+)?(?:\.principal_?id)?$/i, 'ServicePrincipal'],
  [/\.principalId$/, 'ServicePrincipal'],
];
