import { positionAt } from '../../input/position.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { InlineSuppression } from './suppression.js';

/**
 * Suppressions in comments: `// azrbac-ignore RULE: reason`, several rules separated by commas, block comments too.
 * They are about findings that start on the next line that holds anything but comments.
 */
export function readInlineSuppressions(document: SourceDocument): InlineSuppression[] {
  if (!mentionsSuppression(document)) return [];
  const { comments, text } = document;
  const suppressions: InlineSuppression[] = [];
  let line = 0;
  // From the last to the first: comments in a row share the line that follows the last of them.
  for (let i = comments.length - 1; i >= 0; i--) {
    const comment = comments[i]!;
    const behind = skipBlanks(text, comment.end);
    if (behind !== comments[i + 1]?.start) line = positionAt(document, behind).line;
    const parsed = parseComment(comment.text);
    const at = { document, pointer: '', range: { start: comment.start, end: comment.end } };
    for (const rule of parsed?.rules.reverse() ?? []) {
      suppressions.push({ by: 'inline', at, rule, reason: parsed?.reason, line });
    }
  }
  return suppressions.reverse();
}

/** Whether a comment may be a suppression. */
export function mentionsSuppression({ comments }: Pick<SourceDocument, 'comments'>): boolean {
  return comments.some(({ text }) => text.includes(marker));
}

const marker = 'azrbac-ignore';

/** Undefined where the comment is none of ours. One that names no rule names the empty one, so that it is reported. */
function parseComment(comment: string): { rules: string[]; reason: string | undefined } | undefined {
  const inner = comment.startsWith('/*')
    ? comment.slice(2).replace(/\*\/$/, '')
    : comment.replace(/^(?:\/\/|#)/, '');
  const words = inner.trim();
  if (!words.startsWith(marker) || /^[\w-]/.test(words.slice(marker.length))) return undefined;
  const rest = words.slice(marker.length);
  const colon = rest.indexOf(':');
  const names = colon < 0 ? rest : rest.slice(0, colon);
  const reason =
    colon < 0
      ? ''
      : rest
          .slice(colon + 1)
          .replaceAll(/\s+/g, ' ')
          .trim();
  // Without a colon, what follows a name is no part of it.
  const rules = names.split(',').map(name => name.trim().split(/\s/, 1)[0]!);
  const named = rules.filter(name => name !== '');
  return { rules: named.length === 0 ? [''] : named, reason: reason === '' ? undefined : reason };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}
