import type { Collection } from '../collections.js';
import type { NamedPrincipal } from '../directory.js';
import type { Row } from '../row.js';

/** One kind of row that tools print: how it is recognised, and what it says in the words of a snapshot. */
export interface ExportShape {
  /** Such as `role assignments of PowerShell and of the portal`. */
  readonly name: string;
  /** Names of `row` begin in lower case, whoever wrote it. */
  matches(row: Row): boolean;
  /** `raw` is the row as it was written. */
  read(row: Row, say: ExportSink, raw: Row): void;
}

/** Takes what a row says. */
export interface ExportSink {
  row(collection: Collection, value: Row): void;
  /** What somebody is called, and of what type they are. */
  principal(known: NamedPrincipal): void;
  /** All the groups that somebody is in, through other groups too. */
  groupsOf(principal: string, groups: readonly string[]): void;
  /** All direct members of a group. */
  membersOf(group: string, members: readonly string[]): void;
  /** A list that the collection does not hold in full: what is assigned at the scope, say. */
  gap(collection: Collection, scope: string, reason: string): void;
  /** Known, and nothing that decides access. `what` is a plural, `instead` a sentence without its end. */
  notRead(what: string, instead: string): void;
  /** Known to say nothing about access: resource groups among resources, say. */
  nothing(): void;
}
