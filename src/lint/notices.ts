import type { Notice } from '../errors.js';
import type { BaselineEntry, BaselineFile } from './baseline.js';
import type { Draft } from './draft.js';

export function builtInNotices(skipped: number): Notice[] {
  if (skipped === 0) return [];
  const what = skipped === 1 ? '1 built-in role was' : `${skipped} built-in roles were`;
  return [{ code: 'built-in-roles-skipped', message: `${what} not linted; --include-built-in lints them too.` }];
}

/** One per template, for all the strings in it that nobody can judge before it is filled. */
export function templateNotices(inTemplates: readonly Draft[]): Notice[] {
  const counts = new Map<string, number>();
  for (const { match } of inTemplates) {
    const { file } = match.at.document;
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].map(([file, count]) => ({ code: 'template-placeholders', message: unjudged(count), file }));
}

export function staleNotices(stale: readonly BaselineEntry[], baseline: BaselineFile | undefined): Notice[] {
  if (stale.length === 0 || baseline === undefined) return [];
  const what = stale.length === 1 ? '1 entry' : `${stale.length} entries`;
  const command = `azrbac lint --baseline "${baseline.file}" --update-baseline`;
  return [{ code: 'baseline-stale', message: `${what} of the baseline accept what is no longer found; to drop them: ${command}`, file: baseline.file }];
}

function unjudged(count: number): string {
  const what = count === 1 ? '1 string holds a placeholder' : `${count} strings hold placeholders`;
  return `${what} and cannot be judged before the template is filled.`;
}
