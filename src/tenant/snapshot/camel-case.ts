import { isRow, type Row } from './row.js';

/** The row with names that begin in lower case, as the Azure CLI and REST write them; PowerShell begins them in upper case. */
export function camelCased(row: Row): Row {
  const names = Object.keys(row);
  if (!names.some(isPascal)) return row;
  const renamed = names.map(name => [isPascal(name) ? lowered(name, row) : name, row[name]]);
  return Object.fromEntries(renamed) as Row;
}

/** Rows of a list, each that is a row; of anything else, none. */
export function camelCasedRows(list: unknown): Row[] {
  return Array.isArray(list) ? list.filter(isRow).map(camelCased) : [];
}

function isPascal(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 65 && first <= 90;
}

/** A name that is there in lower case already keeps what it says. */
function lowered(name: string, row: Row): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return Object.hasOwn(row, lower) ? name : lower;
}
