import type { UnlistedData } from './report-data.js';

/** How many there are, and how many of them are listed. */
type Count = readonly [all: number, listed: number];

export type Counts = Readonly<
  Record<keyof UnlistedData | 'identities' | 'managementGroups' | 'subscriptions', Count>
>;

/** Sentences on lists that are cut since browsers could not open all of them. */
export function leftOut(counts: Counts): string[] {
  return sentences.flatMap(([name, what, which]) => {
    const [all, listed] = counts[name];
    return all > listed ? [`Of ${all} ${what}, ${listed} are listed: ${which}.`] : [];
  });
}

const sentences: readonly (readonly [keyof Counts, string, string])[] = [
  ['identities', 'identities with access', 'those with the highest figures'],
  ['assignments', 'role assignments', 'the widest and those that something here rests on'],
  ['eligible', 'eligible assignments', 'the first of the snapshot and those that something here rests on'],
  ['denials', 'deny assignments', 'the first of the snapshot'],
  ['paths', 'paths to control that differ', 'the nearest'],
  ['targets', 'scopes that an identity controls or can take over', 'the first'],
  [
    'managementGroups',
    'management groups',
    'the first of the snapshot and those that something here is about',
  ],
  ['subscriptions', 'subscriptions', 'the first of the snapshot and those that something here is about'],
];

/** How many are missing in lists that pages show a part of. */
export function unlistedData(counts: Counts): UnlistedData {
  const left = ([all, listed]: Count): number => Math.max(0, all - listed);
  return {
    assignments: left(counts.assignments),
    eligible: left(counts.eligible),
    denials: left(counts.denials),
    paths: left(counts.paths),
    targets: left(counts.targets),
  };
}
