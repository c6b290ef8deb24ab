import { isPlace, parseScope, type Scope } from '../../rbac/model/scope.js';
import { GuidTable } from './guid-table.js';

/**
 * The texts that rows have in common, each kept once: a million role assignments name some thousand principals, roles
 * and scopes. It lives as long as a snapshot is read; the names of assignments live on with them.
 */
export class SharedTexts {
  /** The GUIDs that ids of assignments end in. */
  readonly names = new GuidTable();
  /** Subscriptions that scopes lie in. */
  readonly subscriptions = new Set<string>();
  private readonly texts = new Map<string, string>();
  /** Whether it is, by the number of the GUID, that of a group of another directory. */
  private readonly isForeignHolder: (boolean | undefined)[] = [];
  private readonly guids = new GuidTable();
  private readonly guidTexts: string[] = [];
  private readonly scopes = new Map<string, Scope>();

  /** The same text; `undefined` stays what it is. */
  of<Text extends string | undefined>(text: Text): Text {
    if (text === undefined) return text;
    const known = this.texts.get(text);
    if (known === undefined) this.texts.set(text, text);
    return (known ?? text) as Text;
  }

  /** The GUID from `start` on, with hyphens and in lower case; undefined where the rest of the text is none. */
  guid(text: string, start = 0, end = text.length): string | undefined {
    return this.guidOf(this.guids.add(text, start, end));
  }

  /** The GUID of whom something is assigned to, as {@link guid} has it. */
  holder(text: string, type: string | undefined): string | undefined {
    const number = this.guids.add(text);
    if (number >= 0) this.isForeignHolder[number] ||= type === 'ForeignGroup';
    return this.guidOf(number);
  }

  /** All whom something is assigned to, and whether assignments call them groups of another directory. */
  *holders(): Generator<readonly [id: string, isForeign: boolean]> {
    for (const [number, isForeign] of this.isForeignHolder.entries())
      if (isForeign !== undefined) yield [this.guidTexts[number]!, isForeign];
  }

  /** The GUID that an id ends in. */
  trailingGuid(id: string): string | undefined {
    return this.guid(id, id.lastIndexOf('/') + 1);
  }

  /** The GUID where it is one, and the text in lower case where it is not. */
  id(text: string): string {
    return this.guid(text) ?? this.of(text.toLowerCase());
  }

  /** What the text says; undefined where Azure has no such place. */
  scope(text: string): Scope | undefined {
    const known = this.scopes.get(text);
    if (known !== undefined) return known;
    const scope = parseScope(text, this.scopes.size);
    if (!isPlace(scope)) return undefined;
    this.scopes.set(text, scope);
    if (scope.key.startsWith(subscriptionStart)) {
      const { length } = subscriptionStart;
      const subscription = this.guid(scope.key, length, length + 36);
      if (subscription !== undefined) this.subscriptions.add(subscription);
    }
    return scope;
  }

  private guidOf(number: number): string | undefined {
    return number < 0 ? undefined : (this.guidTexts[number] ??= this.guids.text(number));
  }
}

const subscriptionStart = '/subscriptions/';

/** A part of a text keeps the whole of it in memory. */
export function ownCopy(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string;
}
