import type { Collected } from '../collected.js';
import type { Collection } from '../collections.js';
import { addExportedRow } from '../row-handlers.js';
import { isRow, type Row } from '../row.js';
import { RowRef, rowList } from '../row-ref.js';
import { camelCased } from '../camel-case.js';
import type { ExportSink } from './export-shape.js';
import { shapeOf } from './shapes.js';

/** What came of the rows of an export. */
export interface AddedRows {
  /** Rows that no tool is known to print. */
  readonly strange: number;
  readonly found: ReadonlySet<Collection>;
}

/** Adds the rows of an export, told by their shape. Those that are known and say nothing of access are noticed. */
export function addRows(collected: Collected, list: readonly unknown[], file: string): AddedRows {
  const adder = new RowAdder(collected, file);
  for (const [at, value] of list.entries()) adder.add(value, at);
  return adder.finish();
}

/** Takes what is said of principals and groups beside rows. */
export function sinkOf(collected: Collected, file: string): ExportSink {
  return new RowAdder(collected, file);
}

class RowAdder implements ExportSink {
  private readonly found = new Set<Collection>();
  private readonly unread = new Map<string, { count: number; readonly instead: string }>();
  private readonly rows;
  private strange = 0;
  private at = 0;

  constructor(
    private readonly collected: Collected,
    private readonly file: string,
  ) {
    this.rows = rowList(file, '');
  }

  add(value: unknown, at: number): void {
    this.at = at;
    const row = isRow(value) ? camelCased(value) : undefined;
    const shape = row && shapeOf(row);
    if (row === undefined || shape === undefined) this.strange++;
    else shape.read(row, this, value as Row);
  }

  finish(): AddedRows {
    for (const [what, { count, instead }] of this.unread) {
      const entries = count === 1 ? '1 entry was' : `${count.toLocaleString('en-US')} entries were`;
      const message = `${entries} not read (${what}): ${instead}.`;
      this.collected.notices.add(
        'snapshot-entry-not-read',
        message,
        this.file,
        'kinds of entries were not read',
      );
    }
    return { strange: this.strange, found: this.found };
  }

  row(collection: Collection, value: Row): void {
    this.found.add(collection);
    if (collection === 'roleAssignments') this.collected.exports.add(this.file, value);
    const at = new RowRef(this.rows, this.at);
    addExportedRow(this.collected, collection, { value, at, place: `[${this.at}]` });
  }

  principal(known: Parameters<ExportSink['principal']>[0]): void {
    this.collected.directory.name(known);
  }

  groupsOf(principal: string, groups: readonly string[]): void {
    this.collected.directory.setGroups(principal, groups);
  }

  membersOf(group: string, members: readonly string[]): void {
    this.collected.directory.setMembers(group, members);
  }

  gap(what: Collection, scope: string, reason: string): void {
    this.collected.gaps.push({ what, scope, reason: `"${this.file}": ${reason}` });
  }

  notRead(what: string, instead: string): void {
    const known = this.unread.get(what);
    if (known === undefined) this.unread.set(what, { count: 1, instead });
    else known.count++;
  }

  nothing(): void {}
}
