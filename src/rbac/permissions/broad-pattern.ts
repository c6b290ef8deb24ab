import type { ActionEntry, Permission } from '../model/role-definition.js';
import { foldCase } from './action-pattern.js';

/** A wildcard that no provider limits: everything, or everything with one verb. */
export type BroadPattern = '*' | '*/read' | '*/write' | '*/delete' | '*/action';

const changes = ['*/write', '*/delete', '*/action'] as const;

/**
 * What the pattern comes down to if no provider limits it. `*` between slashes may stand for nothing, so `*` followed
 * by further `/*` is `*`; and nearly every provider is a `Microsoft.` one.
 */
export function broadPattern(pattern: string): BroadPattern | undefined {
  if (!pattern.includes('*')) return undefined;
  const plain = collapseStars(foldCase(pattern.trim())).replace(/^microsoft\.(?=\*)/, '');
  return isBroad(plain) ? plain : undefined;
}

/** Whether the pattern is all of one provider, such as `Microsoft.Compute/*`. */
export function isProviderWildcard(pattern: string): boolean {
  return /^[^*/]+\/\*$/.test(collapseStars(pattern.trim()));
}

/**
 * The broad wildcards of one list that NotActions leave standing. Everything less every change is every read.
 * To each, the entry that grants it.
 */
export function broadGrants(
  permission: Permission,
  list: 'actions' | 'dataActions',
): Map<BroadPattern, ActionEntry> {
  const subtracted = new Set(
    permission[list === 'actions' ? 'notActions' : 'notDataActions'].map(({ text }) => broadPattern(text)),
  );
  const grants = new Map<BroadPattern, ActionEntry>();
  for (const entry of permission[list]) {
    const written = broadPattern(entry.text);
    if (written === undefined || subtracted.has('*')) continue;
    const broad = written === '*' && changes.every(change => subtracted.has(change)) ? '*/read' : written;
    if (!subtracted.has(broad) && !grants.has(broad)) grants.set(broad, entry);
  }
  return grants;
}

function isBroad(pattern: string): pattern is BroadPattern {
  return pattern === '*' || pattern === '*/read' || (changes as readonly string[]).includes(pattern);
}

function collapseStars(pattern: string): string {
  return pattern.replace(/\*+/g, '*').replace(/(?:\*\/)+\*/g, '*');
}
