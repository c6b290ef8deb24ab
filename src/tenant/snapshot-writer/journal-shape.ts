import { collections, type Collection } from '../snapshot/collections.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';

/** What a seal does not prove: that whoever sealed it is a collection. */
export function isJournalHeader(value: unknown): value is JournalHeader {
  if (!isObject(value) || !isObject(value['request'])) return false;
  const texts = [value['collectedAt'], value['tenantId'], value['cloud'], ...Object.values(value['request'])];
  return texts.every(text => typeof text === 'string');
}

export function isHead(value: unknown): value is EntryHead {
  if (!isObject(value)) return false;
  const { unit, order, parts, gaps, isOpen } = value;
  if (typeof unit !== 'string' || !isCount(order) || typeof isOpen !== 'boolean') return false;
  return Array.isArray(parts) && parts.every(isPart) && Array.isArray(gaps) && gaps.every(isGap);
}

function isPart(value: unknown): value is AnnouncedPart {
  if (!isObject(value)) return false;
  const { kind, count, bytes, isShared } = value;
  const isKnown = (collections as readonly unknown[]).includes(kind);
  return isKnown && isCount(count) && isCount(bytes) && typeof isShared === 'boolean';
}

function isGap(value: unknown): value is SnapshotGap {
  return isObject(value) && ['what', 'scope', 'reason'].every(name => typeof value[name] === 'string');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a collection was asked for: only the same one may go on with its journal. */
export interface JournalHeader {
  readonly collectedAt: string;
  readonly tenantId: string;
  readonly cloud: string;
  /** Options that decide what is collected, in words that a person can compare. */
  readonly request: Readonly<Record<string, string>>;
}

/** Packed rows, as an entry announces them. */
export interface AnnouncedPart {
  readonly kind: Collection;
  readonly count: number;
  readonly bytes: number;
  /** Rows that other units may have as well, each behind its key. */
  readonly isShared: boolean;
}

export interface EntryHead {
  readonly unit: string;
  readonly order: number;
  readonly parts: readonly AnnouncedPart[];
  readonly gaps: readonly SnapshotGap[];
  /** Not done: what failed in passing is worth another try. */
  readonly isOpen: boolean;
}
