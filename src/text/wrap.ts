import { displayWidth } from './display-width.js';

/**
 * Breaks text into lines of at most so many columns, between words; a word that is longer has a line to itself, as what
 * people copy must stay whole. Undefined: one line. The first line may have room of its own.
 */
export function wrapped(text: string, columns: number | undefined, first = columns): string[] {
  if (columns === undefined || first === undefined || displayWidth(text) <= first) return [text];
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const word of text.split(' ')) {
    const wordWidth = displayWidth(word);
    if (line !== '' && width + 1 + wordWidth > (lines.length === 0 ? first : columns)) {
      lines.push(line);
      [line, width] = [word, wordWidth];
    } else {
      [line, width] = line === '' ? [word, wordWidth] : [`${line} ${word}`, width + 1 + wordWidth];
    }
  }
  return [...lines, line];
}

/** The first line behind `lead`, which takes up `width` columns, the others below its end. */
export function hanging(lead: string, width: number, text: string, columns: number | undefined): string[] {
  const room = columns === undefined ? undefined : Math.max(narrowest, columns - width);
  return wrapped(text, room).map((line, i) => `${i === 0 ? lead : ' '.repeat(width)}${line}`);
}

/** A line that may begin with blanks; what does not fit stands two columns further in. */
export function folded(line: string, columns: number | undefined): string[] {
  const indent = /^ */.exec(line)![0];
  const [first = '', ...rest] = wrapped(line.slice(indent.length), columns && columns - indent.length - 2);
  return [`${indent}${first}`, ...rest.map(text => `${indent}  ${text}`)];
}

/** Beside a wide lead in a narrow terminal, words would stand one below the other. */
const narrowest = 20;
