import type { ActionEntry } from '../model/role-definition.js';
import {
  compileFoldedPattern,
  foldCase,
  maxSeveralStars,
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
  /** Patterns with one star that is a part of a segment, likewise. */
  private readonly partial = new Map<string, Map<string, ActionEntry>>();
  /** The lengths of their texts before and behind the star. */
  private readonly partialLengths = { heads: new Set<number>(), tails: new Set<number>() };
  /** Several stars in one string: rare, so the first {@link maxSeveralStars} are looked at in turn. */
  private readonly severalStars: { entry: ActionEntry; covers: (lower: string) => boolean }[] = [];
  /** First segments of the strings: most questions are about providers that a role does not touch. */
  private readonly providers = new Set<string>();
  /** Providers of the wildcards among them: most strings are under none. */
  private readonly wildcardProviders = new Set<string>();
  private touchesEveryProvider = false;

  constructor(entries: readonly ActionEntry[]) {
    for (const entry of entries) {
      const folded = entry.key;
      if (this.byText.has(folded)) continue;
      this.byText.set(folded, entry);
      const provider = firstSegment(folded);
      this.providers.add(provider);
      if (provider.includes('*')) this.touchesEveryProvider = true;
      if (!folded.includes('*')) continue;
      this.wildcardProviders.add(provider);
      this.addWildcard(folded, entry);
    }
  }

  /** The providers, in lower case, whose operations some string of the list may cover. */
  get touched(): ReadonlySet<string> | 'every provider' {
    return this.touchesEveryProvider ? 'every provider' : this.providers;
  }

  /** How many different strings there are. */
  get size(): number {
    return this.byText.size;
  }

  /** The first entry of that key. */
  spelledOut(key: string): ActionEntry | undefined {
    return this.byText.get(key);
  }

  private addWildcard(folded: string, entry: ActionEntry): void {
    const split = splitAtStar(folded);
    if (split === undefined) {
      if (this.severalStars.length >= maxSeveralStars) return;
      this.severalStars.push({ entry, covers: compileFoldedPattern(folded) });
      return;
    }
    const { head, tail } = split;
    const isSegment = (head === '' || head.endsWith('/')) && (tail === '' || tail.startsWith('/'));
    const heads = isSegment ? this.byHead : this.partial;
    const tails = heads.get(head);
    if (tails === undefined) heads.set(head, new Map([[tail, entry]]));
    else tails.set(tail, entry);
    if (isSegment) return;
    this.partialLengths.heads.add(head.length);
    this.partialLengths.tails.add(tail.length);
  }

  /** The first entry that is the operation itself, else one whose wildcard covers it. Ignores case. */
  find(operation: string): ActionEntry | undefined {
    const lower = foldCase(operation);
    if (!this.touchesEveryProvider && !this.providers.has(firstSegment(lower))) return undefined;
    return this.byText.get(lower) ?? this.firstWildcard(lower);
  }

  private firstWildcard(lower: string): ActionEntry | undefined {
    if (!this.mayHaveWildcardOver(lower)) return undefined;
    for (const entry of this.wildcardsOver(lower)) return entry;
    return undefined;
  }

  private mayHaveWildcardOver(lower: string): boolean {
    if (this.wildcardProviders.size === 0) return false;
    return this.touchesEveryProvider || this.wildcardProviders.has(firstSegment(lower));
  }

  /** Every entry that covers the operation, one of each text. */
  *findAll(operation: string): Generator<ActionEntry> {
    const lower = foldCase(operation);
    const literal = this.byText.get(lower);
    if (literal !== undefined) yield literal;
    yield* this.wildcardsOver(lower);
  }

  /**
   * An entry that covers all that the given one does, whatever Azure publishes, and is not the same string. Strings
   * with several stars, which Azure refuses, are left aside, and so are the rare ones whose star is a part of a segment.
   */
  findWider(narrower: ActionEntry): ActionEntry | undefined {
    const folded = narrower.key;
    if (!this.mayHaveWildcardOver(folded)) return undefined;
    if (folded.indexOf('*') !== folded.lastIndexOf('*')) return undefined;
    // A star in the narrower text can only be matched by the star of the wider: it stands for any text at all.
    for (const entry of this.segmentStarsOver(folded)) {
      if (entry.key !== folded) return entry;
    }
    return undefined;
  }

  private *wildcardsOver(lower: string): Generator<ActionEntry> {
    yield* this.segmentStarsOver(lower);
    yield* this.partialStarsOver(lower);
    for (const { entry, covers } of this.severalStars) if (covers(lower)) yield entry;
  }

  /** A star that is a part of a segment never stands between two slashes, and so never makes two of them one. */
  private *partialStarsOver(lower: string): Generator<ActionEntry> {
    for (const headLength of this.partialLengths.heads) {
      const tails = this.partial.get(lower.slice(0, headLength));
      if (tails === undefined) continue;
      for (const tailLength of this.partialLengths.tails) {
        if (headLength + tailLength > lower.length) continue;
        const entry = tails.get(lower.slice(lower.length - tailLength));
        if (entry !== undefined) yield entry;
      }
    }
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

function firstSegment(text: string): string {
  const slash = text.indexOf('/');
  return slash < 0 ? text : text.slice(0, slash);
}

function slashes(text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) found.push(at);
  return found;
}
