import { escape, Minimatch } from 'minimatch';
import { foldAscii } from '../model/action-key.js';

// Azure's wildcard semantics, in one place. `*` stands for any run of characters, `/` included, and ASCII case is
// ignored (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions).
//
// Between slashes it may also stand for nothing: `A/*/read` covers `A/read`. Microsoft states this nowhere; the
// built-in roles show it. Managed Identity Operator, the documented cure for a missing
// `userAssignedIdentities/assign/action`, holds only `userAssignedIdentities/*/assign/action`, and AzureML Data
// Scientist subtracts `workspaces/computes/*/write` to forbid `workspaces/computes/write`.

/** Whether a star between two slashes may stand for nothing. Flip it here if Microsoft ever documents otherwise. */
export const starBetweenSlashesMayBeNothing = true;

/** Longer strings match nothing: Azure's longest operation has 149 characters. */
const longestString = 4096;

/** Patterns with more runs of stars than this match nothing: Azure accepts one star, built-in roles have one. */
const maxStars = 64;

/**
 * How many patterns with several stars are evaluated in one list and in one run of lint; the others are taken to cover
 * nothing, and the user is told. Azure refuses them in custom roles and built-in roles have none, while a file with
 * 100,000 of them, each held against every operation, would take minutes.
 */
export const maxSeveralStars = 1000;

/**
 * Whether the pattern can be decided at all. What cannot is far from anything that Azure would accept; it is taken to
 * match nothing, and whoever evaluates it owes the user a notice.
 */
export function isDecidable(pattern: string): boolean {
  if (pattern.length > longestString || reserved.test(pattern)) return false;
  return (pattern.match(/\*+/g)?.length ?? 0) <= maxStars;
}

/** Whether the pattern covers the operation, both in any case. For a single pair; sets go through the index. */
export function matchesAction(pattern: string, operation: string): boolean {
  return compileActionPattern(pattern)(operation);
}

/** Decides with minimatch. The operation may be in any case. */
export function compileActionPattern(pattern: string): (operation: string) => boolean {
  const folded = foldCase(pattern);
  if (!folded.includes('*')) return operation => foldCase(operation) === folded;
  if (!isDecidable(folded)) return () => false;
  const glob = compileGlob(folded);
  return operation => {
    const subject = subjects.of(operation);
    return subject !== undefined && glob.match(subject);
  };
}

/**
 * As {@link compileActionPattern}, for operations that are folded already and asked about by the thousand: minimatch
 * decides only on those that hold what stands between the stars, in that order.
 */
export function compileFoldedPattern(folded: string): (lower: string) => boolean {
  if (!isDecidable(folded)) return () => false;
  const pieces = piecesBetweenStars(folded);
  let decide: ((operation: string) => boolean) | undefined;
  return lower => holdsInOrder(lower, pieces) && (decide ??= compileActionPattern(folded))(lower);
}

/**
 * The definition as a head and a tail, for a pattern with one star: an operation is covered if it starts with `head`,
 * ends with `tail` and is at least `shortest` long. Undefined for any other number of stars.
 */
export function splitAtStar(folded: string): { head: string; tail: string; shortest: number } | undefined {
  const star = folded.indexOf('*');
  if (star < 0 || star !== folded.lastIndexOf('*') || !isDecidable(folded)) return undefined;
  const head = folded.slice(0, star);
  const tail = folded.slice(star + 1);
  const sharedSlash = starBetweenSlashesMayBeNothing && head.endsWith('/') && tail.startsWith('/') ? 1 : 0;
  return { head, tail, shortest: head.length + tail.length - sharedSlash };
}

/** A slash behind a star that stands between slashes may be the one before the star: it is left out. */
function piecesBetweenStars(folded: string): string[] {
  const pieces = folded.split('*');
  return pieces.map((piece, i) =>
    i > 0 && piece.startsWith('/') && pieces[i - 1]!.endsWith('/') ? piece.slice(1) : piece,
  );
}

/** Whether the text starts with the first piece, ends with the last, and holds the others in order: necessary, not enough. */
function holdsInOrder(lower: string, pieces: readonly string[]): boolean {
  if (!lower.startsWith(pieces[0]!) || !lower.endsWith(pieces.at(-1)!)) return false;
  let at = pieces[0]!.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const found = lower.indexOf(pieces[i]!, at);
    if (found < 0) return false;
    at = found + pieces[i]!.length;
  }
  return true;
}

/** A–Z in lower case, and nothing else (see {@link foldAscii}). */
export function foldCase(text: string): string {
  return foldedTexts.of(text);
}

/** What was worked out for a string, as every rule asks for the same ones. Bounded by the length of all: two catalogs'. */
class Remembered<Value> {
  private readonly values = new Map<string, Value>();
  private length = 0;

  constructor(private readonly workOut: (text: string) => Value) {}

  of(text: string): Value {
    const known = this.values.get(text);
    if (known !== undefined) return known;
    const value = this.workOut(text);
    this.length += text.length;
    if (this.length > maxRemembered) {
      this.values.clear();
      this.length = text.length;
    }
    this.values.set(text, value);
    return value;
  }
}

const maxRemembered = 3_000_000;

const foldedTexts = new Remembered(foldAscii);

// minimatch's `*` stops at a slash, its brackets and braces mean something, and a leading dot or an empty match is
// special. So slashes become a character it gives no meaning, everything between stars is escaped, and a first
// character keeps a star from ever standing at the start. Versions before 11 hang on hostile patterns.
const slash = '\u0001';
const anchor = '\u0002';
const reserved = /[\u0001\u0002]/;

// Pattern and operation are folded before: minimatch would fold more than ASCII.
const globOptions = {
  nobrace: true,
  nonegate: true,
  nocomment: true,
  dot: true,
  platform: 'linux',
  optimizationLevel: 0,
} as const;

/** An operation in the form that globs are compared with; undefined where it can be none. */
const subjects = new Remembered((operation): string | undefined => {
  if (operation.length > longestString || reserved.test(operation)) return undefined;
  return anchor + foldCase(operation).replaceAll('/', slash);
});

/**
 * A star between slashes becomes the optional group `?(/*)` in front of its second slash; other stars stay, adjacent ones
 * as one, for `**` means something else to minimatch; everything else is literal.
 */
function compileGlob(folded: string): Minimatch {
  const parts = folded.split(starBetweenSlashesMayBeNothing ? /(\/\*(?=\/)|\*)/ : /(\*)/);
  let glob = '';
  for (const part of parts) {
    if (part === '/*') glob += `?(${slash}*)`;
    else if (part !== '*') glob += escape(part.replaceAll('/', slash));
    else if (!glob.endsWith('*')) glob += '*';
  }
  return new Minimatch(anchor + glob, globOptions);
}
