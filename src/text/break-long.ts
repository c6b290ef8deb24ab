import { displayWidth } from './display-width.js';
import { wrapped } from './wrap.js';

/**
 * Breaks text into lines of at most so many columns: between words, else behind a slash, else anywhere. What an operation or
 * a path is too long for goes on in the next line. Any line may begin at two colons, which would be a command to GitHub
 * Actions: they are taken apart.
 */
export function fitted(text: string, columns: number): string[] {
  return wrapped(text.replace(twoColons, '\\u{3a}'), columns).flatMap(line =>
    displayWidth(line) <= columns ? [line] : pieces(line, columns),
  );
}

/**
 * The same for what people copy: a word of up to so many columns stays whole, though it is wider than the line. It goes on the line
 * before, as one of its own would not hold it either.
 */
export function fittedWhole(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const line of wrapped(text.replace(twoColons, '\\u{3a}'), columns)) {
    const width = displayWidth(line);
    if (width <= columns) lines.push(line);
    else if (width > longestWhole) lines.push(...pieces(line, columns));
    else lines.push([lines.pop(), line].filter(part => part !== undefined).join(' '));
  }
  return lines;
}

/** Longer than the longest operations are. */
const longestWhole = 200;

const twoColons = /:(?=:)/g;

function pieces(word: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of word.match(/[^/]*\/?/g) ?? []) {
    if (displayWidth(line + part) <= columns) {
      line += part;
      continue;
    }
    if (line !== '') lines.push(line);
    const cut = characterPieces(part, columns);
    lines.push(...cut.slice(0, -1));
    line = cut.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}

function characterPieces(text: string, columns: number): string[] {
  const lines: string[] = [];
  let [line, width] = ['', 0];
  for (const character of text) {
    const wide = displayWidth(character);
    if (width + wide > columns && line !== '') {
      lines.push(line);
      [line, width] = ['', 0];
    }
    [line, width] = [line + character, width + wide];
  }
  return [...lines, line];
}
