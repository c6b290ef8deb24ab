/** A table, each row by the names of its columns. The first row names them. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/**
 * Reads what portals and PowerShell write as CSV: quoted where it must be, with commas, semicolons or tabs between.
 * A row that is too short lacks the rest of its columns.
 */
export function readCsv(text: string): CsvTable {
  // PowerShell before 6 writes the type of the rows first.
  const body = text.replace(/^#TYPE [^\n]*\n/, '');
  const [header = [], ...lines] = cellsOf(body, separatorOf(body));
  const columns = header.map(name => name.trim());
  const rows = lines
    .filter(cells => cells.some(cell => cell !== ''))
    .map(cells => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])));
  return { columns, rows };
}

/** The one that stands most often in the first line. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const count = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { cell, end } = text[at] === '"' ? quoted(text, at + 1) : plain(text, at, separator);
    row.push(cell);
    at = end;
    if (text[at] === separator) {
      at++;
      if (at < text.length && text[at] !== '\n' && text[at] !== '\r') continue;
      row.push('');
    }
    while (at < text.length && text[at] !== '\n') at++;
    at++;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

interface Cell {
  readonly cell: string;
  /** Behind it. */
  readonly end: number;
}

/** Up to the closing quote; two of them stand for one. */
function quoted(text: string, start: number): Cell {
  let end = text.indexOf('"', start);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  const stop = end < 0 ? text.length : end;
  return { cell: text.slice(start, stop).replaceAll('""', '"'), end: stop + 1 };
}

function plain(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
  return { cell: text.slice(start, end), end };
}
