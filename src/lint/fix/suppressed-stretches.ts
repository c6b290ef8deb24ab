import type { SourceDocument } from '../../input/source-document.js';
import type { TextRange } from '../../input/text-range.js';

/** What comments that suppress findings speak of: the rest of the line on which the next value or bracket stands. */
export function suppressedStretches({ text, comments }: SourceDocument): readonly TextRange[] {
  const stretches: TextRange[] = [];
  comments.forEach((comment, i) => {
    if (!comment.text.includes('azrbac-ignore')) return;
    let start = behindBlanks(text, comment.end);
    for (let next = i + 1; comments[next]?.start === start; next++)
      start = behindBlanks(text, comments[next]!.end);
    stretches.push({ start, end: lineEndFrom(text, start) });
  });
  return stretches;
}

/** A comma in front of an entry may go with it. */
function behindBlanks(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && ' \t\r\n,'.includes(text[at]!)) at++;
  return at;
}

function lineEndFrom(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
