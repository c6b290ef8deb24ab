import { locatedItems, locatedMembers, type LocatedValue, type UnknownReason } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { numberAt, objectAt, textAt, unknownAt } from './code-values.js';
import { asNumber, asText } from './conversions.js';
import { through } from '../../located-value.js';

/** One of the resources or modules that a block stands for. */
export interface Instance {
  /** In brackets behind the name: `["dev"]`, `[0]`, `[*]` where the loop is unknown; empty without a loop. */
  readonly suffix: string;
  /** What `each` or `count` stands for. */
  readonly names: ReadonlyMap<string, LocatedValue>;
  /** Why it may not be there, or more than once. */
  readonly presence: UnknownReason | undefined;
}

/** What a block without a loop stands for. */
export const single: readonly Instance[] = [{ suffix: '', names: new Map(), presence: undefined }];

/** The instances that `for_each` gives. */
export function instancesOfEach(value: LocatedValue, at: DocumentRange): readonly Instance[] {
  if (value.kind === 'unknown') return [unknownInstance(value.reason, at)];
  const entries: (readonly [string, LocatedValue, LocatedValue])[] =
    value.kind === 'object'
      ? locatedMembers(value).map(({ key, keyAt, value: inner }) => [key, textAt(key, keyAt), inner])
      : value.kind === 'list'
        ? locatedItems(value).flatMap(item => {
            const text = asText(item);
            return text === undefined ? [] : [[text, item, item] as const];
          })
        : [];
  const known = entries.slice(0, maxInstances).map(([text, key, inner]): Instance => {
    const step = (name: string) => ({ kind: 'loop', name, at }) as const;
    const each = objectAt(
      [
        { key: 'key', keyAt: at, value: through(key, step('each.key')) },
        { key: 'value', keyAt: at, value: through(inner, step('each.value')) },
      ],
      at,
    );
    return { suffix: `[${JSON.stringify(text)}]`, names: new Map([['each', each]]), presence: undefined };
  });
  return known.length < entries.length || moreOf(value) !== undefined
    ? [...known, unknownInstance(moreOf(value) ?? { kind: 'budget', name: 'for_each', at }, at)]
    : known;
}

/** The instances that `count` gives. */
export function instancesOfCount(value: LocatedValue, at: DocumentRange): readonly Instance[] {
  if (value.kind === 'unknown') return [unknownInstance(value.reason, at)];
  const count = asNumber(value) ?? 0;
  return Array.from({ length: Math.min(Math.max(count, 0), maxInstances) }, (_, index): Instance => {
    const names = new Map([
      ['count', objectAt([{ key: 'index', keyAt: at, value: numberAt(index, at) }], at)],
    ]);
    return { suffix: `[${index}]`, names, presence: undefined };
  });
}

/** People make dozens. */
const maxInstances = 2_000;

/** What a list or a map has beside what is known, and its items that are unknown. */
function moreOf(value: LocatedValue): UnknownReason | undefined {
  if (value.kind === 'object') return value.more;
  if (value.kind !== 'list') return undefined;
  if (value.more !== undefined) return value.more;
  for (const item of value.items) if (item.kind === 'unknown') return item.reason;
  return undefined;
}

function unknownInstance(reason: UnknownReason, at: DocumentRange): Instance {
  const unknown = unknownAt(reason, at);
  const each = objectAt(
    [
      { key: 'key', keyAt: at, value: unknown },
      { key: 'value', keyAt: at, value: unknown },
    ],
    at,
  );
  const count = objectAt([{ key: 'index', keyAt: at, value: unknown }], at);
  return {
    suffix: '[*]',
    names: new Map([
      ['each', each],
      ['count', count],
    ]),
    presence: reason,
  };
}
