import type { TemplatePiece } from './hcl-template-pieces.js';

/**
 * Takes the indent of a `<<-` heredoc away: as many blanks from each line as the line with the fewest has in front.
 * Lines of nothing but blanks do not count. A line that begins with a sequence has none.
 */
export function flushLines(pieces: readonly TemplatePiece[]): TemplatePiece[] {
  const lineStarts = new Set(pieces.filter((_, index) => index === 0 || endsLine(pieces[index - 1]!)));
  let fewest = Number.POSITIVE_INFINITY;
  for (const piece of lineStarts) if (!isBlankLine(piece)) fewest = Math.min(fewest, indentOf(piece));
  if (fewest === Number.POSITIVE_INFINITY) return [...pieces];
  return pieces.map(piece =>
    piece.kind === 'literal' && lineStarts.has(piece) && !isBlankLine(piece)
      ? { ...piece, value: piece.value.slice(fewest), start: piece.start + fewest }
      : piece,
  );
}

function endsLine(piece: TemplatePiece): boolean {
  return piece.kind === 'literal' && piece.value.endsWith('\n');
}

function isBlankLine(piece: TemplatePiece): boolean {
  return piece.kind === 'literal' && piece.value.endsWith('\n') && piece.value.trim() === '';
}

function indentOf(piece: TemplatePiece): number {
  return piece.kind === 'literal' ? piece.value.length - piece.value.trimStart().length : 0;
}
