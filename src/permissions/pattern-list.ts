import type { ActionEntry } from '../model/role-definition.js';
import { compileActionPattern, foldCase, splitAtStar } from './action-pattern.js';

/**
 * The strings of one list, made to answer "which of you covers this operation?" in steps that depend on the length of
 * the operation, not of the list: roles from strangers may have 100,000 entries.
 */
export class PatternList {
  private readonly byText = new Map<string, ActionEntry>();
  /** Stars that are not a whole segment, or several in one string: rare, so looked at in turn. */
  private readonly odd: { entry: ActionEntry; covers: (lower: string) => boolean }[] = [];
  private hasStars = false;

  constructor(entries: readonly ActionEntry[]) {
    for (const entry of entries) {
      const folded = foldCase(entry.text.trim());
      if (this.byText.has(folded)) continue;
      this.byText.set(folded, entry);
      if (!folded.includes('*')) continue;
      if (isSegmentStar(folded)) this.hasStars = true;
      else this.odd.push({ entry, covers: coverage(folded) });
    }
  }

  /** The first entry that is the operation itself, else one whose wildcard covers it. Ignores case. */
  find(operation: string): ActionEntry | undefined {
    const lower = foldCase(operation);
    return this.byText.get(lower) ?? this.findWildcard(lower);
  }

  /** The entry whose wildcard covers the operation, whether or not the operation is spelled out too. */
  findWildcard(operation: string): ActionEntry | undefined {
    const lower = foldCase(operation);
    return this.findSegmentStar(lower) ?? this.odd.find(({ covers }) => covers(lower))?.entry;
  }

  /** Tries every pattern with one whole-segment star that could cover it: head and tail both end at a slash. */
  private findSegmentStar(lower: string): ActionEntry | undefined {
    if (!this.hasStars) return undefined;
    const heads = ['', ...slashes(lower).map(at => lower.slice(0, at + 1))];
    const tails = ['', ...slashes(lower).map(at => lower.slice(at))];
    for (const head of heads) {
      for (const tail of tails) {
        const entry = this.byText.get(`${head}*${tail}`);
        if (entry !== undefined && splitAtStar(`${head}*${tail}`)!.shortest <= lower.length) return entry;
      }
    }
    return undefined;
  }
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

function slashes(text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) found.push(at);
  return found;
}
