import type { ActionEntry } from '../model/role-definition.js';
import {
  compileActionPattern,
  foldCase,
  splitAtStar,
  starBetweenSlashesMayBeNothing,
} from './action-pattern.js';

/**
 * The strings of one list, made to answer "which of you covers this operation?" in steps that depend on the length of
 * the operation, not of the list: roles from strangers may have 100,000 entries.
 */
export class PatternList {
  private readonly byText = new Map<string, ActionEntry>();
  /** Patterns with one whole-segment star, by the text before it and the text behind it. */
  private readonly byHead = new Map<string, Map<string, ActionEntry>>();
  /** Stars that are not a whole segment, or several in one string: rare, so looked at in turn. */
  private readonly odd: { entry: ActionEntry; covers: (lower: string) => boolean }[] = [];
  /** First segments of the strings: most questions are about providers that a role does not touch. */
  private readonly providers = new Set<string>();
  private touchesEveryProvider = false;

  constructor(entries: readonly ActionEntry[]) {
    for (const entry of entries) {
      const folded = foldCase(entry.text.trim());
      if (this.byText.has(folded)) continue;
      this.byText.set(folded, entry);
      const provider = firstSegment(folded);
      this.providers.add(provider);
      if (provider.includes('*')) this.touchesEveryProvider = true;
      if (!folded.includes('*')) continue;
      if (isSegmentStar(folded)) this.addSegmentStar(folded, entry);
      else this.odd.push({ entry, covers: coverage(folded) });
    }
  }

  /** The providers, in lower case, whose operations some string of the list may cover. */
  get touched(): ReadonlySet<string> | 'every provider' {
    return this.touchesEveryProvider ? 'every provider' : this.providers;
  }

  private addSegmentStar(folded: string, entry: ActionEntry): void {
    const star = folded.indexOf('*');
    const head = folded.slice(0, star);
    const tails = this.byHead.get(head);
    if (tails === undefined) this.byHead.set(head, new Map([[folded.slice(star + 1), entry]]));
    else tails.set(folded.slice(star + 1), entry);
  }

  /** The first entry that is the operation itself, else one whose wildcard covers it. Ignores case. */
  find(operation: string): ActionEntry | undefined {
    const lower = foldCase(operation);
    if (!this.touchesEveryProvider && !this.providers.has(firstSegment(lower))) return undefined;
    return this.byText.get(lower) ?? this.findWildcard(lower);
  }

  /** The entry whose wildcard covers the operation, whether or not the operation is spelled out too. */
  findWildcard(operation: string): ActionEntry | undefined {
    const lower = foldCase(operation);
    for (const entry of this.segmentStarsOver(lower)) return entry;
    return this.odd.find(({ covers }) => covers(lower))?.entry;
  }

  /** Every entry that covers the operation, one of each text. */
  *findAll(operation: string): Generator<ActionEntry> {
    const lower = foldCase(operation);
    const literal = this.byText.get(lower);
    if (literal !== undefined) yield literal;
    yield* this.segmentStarsOver(lower);
    for (const { entry, covers } of this.odd) if (covers(lower)) yield entry;
  }

  /**
   * An entry that covers all that the given one does, whatever Azure publishes, and is not the same string. Strings
   * with several stars, which Azure refuses, are left aside, and so are the rare ones whose star is a part of a segment.
   */
  findWider({ text }: ActionEntry): ActionEntry | undefined {
    const folded = foldCase(text.trim());
    if (folded.indexOf('*') !== folded.lastIndexOf('*')) return undefined;
    // A star in the narrower text can only be matched by the star of the wider: it stands for any text at all.
    for (const entry of this.segmentStarsOver(folded)) {
      if (foldCase(entry.text.trim()) !== folded) return entry;
    }
    return undefined;
  }

  /** Every entry with one whole-segment star that covers the text: head and tail both end at a slash. */
  private *segmentStarsOver(lower: string): Generator<ActionEntry> {
    if (this.byHead.size === 0) return;
    const cuts = slashes(lower);
    for (const headLength of [0, ...cuts.map(at => at + 1)]) {
      const tails = this.byHead.get(lower.slice(0, headLength));
      if (tails === undefined) continue;
      for (const tailStart of [lower.length, ...cuts]) {
        const entry = tails.get(lower.slice(tailStart));
        if (entry !== undefined && shortestCovered(headLength, lower.length - tailStart) <= lower.length)
          yield entry;
      }
    }
  }
}

/** The shortest text under a head and a tail of these lengths: two slashes with nothing between them may be one. */
function shortestCovered(headLength: number, tailLength: number): number {
  const isBetweenSlashes = headLength > 0 && tailLength > 0;
  return headLength + tailLength - (starBetweenSlashesMayBeNothing && isBetweenSlashes ? 1 : 0);
}

function isSegmentStar(folded: string): boolean {
  const split = splitAtStar(folded);
  if (split === undefined) return false;
  return (split.head === '' || split.head.endsWith('/')) && (split.tail === '' || split.tail.startsWith('/'));
}

function coverage(folded: string): (lower: string) => boolean {
  const split = splitAtStar(folded);
  if (split === undefined) return compileActionPattern(folded);
  const { head, tail, shortest } = split;
  return lower => lower.length >= shortest && lower.startsWith(head) && lower.endsWith(tail);
}

function firstSegment(text: string): string {
  const slash = text.indexOf('/');
  return slash < 0 ? text : text.slice(0, slash);
}

function slashes(text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) found.push(at);
  return found;
}
