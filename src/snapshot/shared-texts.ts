import { guidOf } from '../model/guid.js';
import { isPlace, parseScope } from '../model/scope.js';

/** A scope that rows name. */
export interface SharedScope {
  /** As written. */
  readonly text: string;
  /** What the ids of role assignments at it begin with, in lower case. */
  readonly idStart: string;
  /** The subscription that it is or lies in. */
  readonly subscription: string | undefined;
}

/**
 * The texts that rows have in common, each kept once: a million role assignments name some thousand principals, roles
 * and scopes. It lives as long as a snapshot is read.
 */
export class SharedTexts {
  private readonly texts = new Map<string, string>();
  private readonly guids = new Map<string, string>();
  private readonly scopes = new Map<string, SharedScope>();

  /** The same text; `undefined` stays what it is. */
  of<Text extends string | undefined>(text: Text): Text {
    if (text === undefined) return text;
    const known = this.texts.get(text);
    if (known !== undefined) return known as Text;
    const copy = ownCopy(text) as Text & string;
    this.texts.set(copy, copy);
    return copy;
  }

  /** In the one form of {@link guidOf}; undefined where the text is none. */
  guid(text: string): string | undefined {
    const known = this.guids.get(text);
    if (known !== undefined) return known;
    const guid = guidOf(text);
    if (guid === undefined) return undefined;
    const copy = this.of(guid);
    this.guids.set(ownCopy(text), copy);
    return copy;
  }

  /** The GUID that an id ends in. */
  trailingGuid(id: string): string | undefined {
    return this.guid(id.slice(id.lastIndexOf('/') + 1).trim());
  }

  /** The GUID where it is one, and the text in lower case where it is not. */
  id(text: string): string {
    return this.guid(text) ?? this.of(text.toLowerCase());
  }

  /** Undefined where Azure has no such place. */
  scope(text: string): SharedScope | undefined {
    const known = this.scopes.get(text);
    if (known !== undefined) return known;
    const parsed = parseScope(text);
    if (!isPlace(parsed)) return undefined;
    const { key } = parsed;
    const [, first, second = ''] = key.split('/', 3);
    const scope = {
      text: ownCopy(text),
      idStart: ownCopy(`${key === '/' ? '' : key}/providers/microsoft.authorization/roleassignments/`),
      subscription: first === 'subscriptions' ? this.guid(second) : undefined,
    };
    this.scopes.set(scope.text, scope);
    return scope;
  }

  /** All that were asked for. */
  allScopes(): Iterable<SharedScope> {
    return this.scopes.values();
  }
}

/** A part of a text keeps the whole of it in memory, a text that was put together its parts. */
export function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
