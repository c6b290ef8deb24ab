import { compareText } from '../../compare-text.js';
/**
 * Gives every path prefix one spelling. Azure writes `onlineEndpoints` here and `onlineendpoints` there; the spelling
 * that most operations below the prefix use wins, and between equals the one with the more capitals, which reads
 * better and does not depend on the order of the input.
 */
export function unifySpelling(names: readonly string[]): { names: string[]; respelled: number } {
  const votes = new Map<string, Map<string, number>>();
  for (const name of names) {
    forEachPrefix(name, (prefix, segment) => {
      const spellings = votes.get(prefix) ?? new Map<string, number>();
      votes.set(prefix, spellings.set(segment, (spellings.get(segment) ?? 0) + 1));
    });
  }
  const winners = new Map(
    [...votes].map(([prefix, spellings]) => [prefix, [...spellings].sort(byVotes)[0]![0]]),
  );
  let respelled = 0;
  const unified = names.map(name => {
    const segments: string[] = [];
    forEachPrefix(name, prefix => segments.push(winners.get(prefix)!));
    const spelled = segments.join('/');
    if (spelled !== name) respelled++;
    return spelled;
  });
  return { names: unified, respelled };
}

function forEachPrefix(name: string, visit: (lowerPrefix: string, segment: string) => void): void {
  let prefix = '';
  for (const segment of name.split('/')) {
    prefix += `/${segment.toLowerCase()}`;
    visit(prefix, segment);
  }
}

function byVotes([a, votesA]: [string, number], [b, votesB]: [string, number]): number {
  return votesB - votesA || compareText(a, b);
}
