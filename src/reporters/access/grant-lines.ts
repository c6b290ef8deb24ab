import { wrapped } from '../../text/wrap.js';
import { append } from '../../maps.js';
import type { Severity } from '../../lint/engine/rule.js';
import { otherOperations } from '../../rbac/permissions/provider-phrases.js';
import type { Phrase } from '../../rbac/permissions/wording.js';
import { shorten, visible } from '../../text/escape.js';
import type { Paint } from '../paint.js';

// Lines on what is granted, as azrbac role and azrbac access show them.

/** How much of long lists is shown. */
export type Extent = 'main-points' | 'everything';

/** How phrases are shown. */
export interface PhraseOptions {
  readonly paint: Paint;
  /** The width of the terminal; undefined where there is none. */
  readonly width: number | undefined;
  readonly extent: Extent;
}

/** Plain words under a title, by area. Of what nobody described, the most that is of one kind. */
export function phraseLines(
  title: string,
  phrases: readonly Pick<Phrase, 'area' | 'phrase' | 'conditional' | 'operations'>[],
  { paint, width, extent }: PhraseOptions,
): string[] {
  const byArea = new Map<string, ShownPhrase[]>();
  for (const { area, phrase, conditional, operations } of phrases) {
    const said = conditional === true ? `${phrase} (where the condition holds)` : phrase;
    append(byArea, area, { said, size: operations.length });
  }
  if (byArea.size === 0) return [];
  const lines = [...byArea].flatMap(([area, said]) =>
    wrapGrant(`${area}: ${mainPhrases(area, said, extent).map(untrusted).join('; ')}`, width),
  );
  return [paint.place(title), ...lines];
}

interface ShownPhrase {
  readonly said: string;
  readonly size: number;
}

function mainPhrases(area: string, phrases: readonly ShownPhrase[], extent: Extent): string[] {
  if (area !== otherOperations || extent === 'everything' || phrases.length <= maxOthers + 1)
    return phrases.map(({ said }) => said);
  const largest = new Set([...phrases].sort((a, b) => b.size - a.size).slice(0, maxOthers));
  const shown = phrases.filter(phrase => largest.has(phrase)).map(({ said }) => said);
  return [...shown, `and ${phrases.length - maxOthers} more (--all shows them)`];
}

/** Phrases on operations that are in no described area. */
const maxOthers = 6;

/** A sensitive operation, as a line can say it. */
export interface ShownSensitive {
  readonly operation: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly pattern: string;
  readonly isLiteral: boolean;
  readonly isConditional: boolean;
  /** The role that gives it, where there are several. */
  readonly role?: string;
}

/** Sensitive operations, the worst first, each with what grants it and why it matters. */
export function sensitiveLines(sensitive: readonly ShownSensitive[], extent: Extent, paint: Paint): string[] {
  if (sensitive.length === 0) return [];
  const shown = firstOf(sensitive, maxSensitive, extent);
  return [
    paint.place(`Sensitive (${sensitive.length})`),
    ...shown.items.flatMap(({ operation, severity, reason, isConditional, ...witness }) => [
      `  ${paint.severity(severity, severity.padEnd(8))} ${operation}`,
      paint.muted(
        `           ${through(witness)}${isConditional ? 'where the condition holds, ' : ''}it ${reason}`,
      ),
    ]),
    ...shown.more,
  ];
}

const maxSensitive = 10;

function through({
  pattern,
  isLiteral,
  role,
}: Pick<ShownSensitive, 'pattern' | 'isLiteral' | 'role'>): string {
  if (role === undefined) return isLiteral ? '' : `through "${untrusted(pattern)}": `;
  return isLiteral
    ? `through "${untrusted(role)}": `
    : `through "${untrusted(pattern)}" of "${untrusted(role)}": `;
}

/** As many as are shown, and a line on the rest. */
export function firstOf<Item>(
  items: readonly Item[],
  limit: number,
  extent: Extent,
): { readonly items: readonly Item[]; readonly more: readonly string[] } {
  if (extent === 'everything' || items.length <= limit) return { items, more: [] };
  return { items: items.slice(0, limit), more: [`  … and ${items.length - limit} more (--all shows them)`] };
}

/** `no operations`, `1 operation`, `2 operations`. */
export function countedOperations(count: number): string {
  return `${count === 0 ? 'no' : count} ${count === 1 ? 'operation' : 'operations'}`;
}

/** Text of strangers, made harmless and not too long. */
export function untrusted(text: string): string {
  return visible(shorten(text));
}

const defaultWidth = 100;

/** Breaks a line at blanks; what follows the first line stands further in. `width` is that of the terminal. */
export function wrapGrant(text: string, width: number = defaultWidth): string[] {
  const columns = Math.max(width, 40);
  return wrapped(text, columns - 4, columns - 2).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`);
}
