import type { TextRange } from '../../text-range.js';
import { HclFault } from './hcl-fault.js';
import type { HclExpression, HclTemplatePart } from './hcl-syntax.js';

/** A stretch of a template: of its text, or one sequence. */
export type TemplatePiece = TextRange &
  (
    | { readonly kind: 'literal'; readonly value: string }
    | { readonly kind: 'value'; readonly value: HclExpression }
    | { readonly kind: 'if'; readonly condition: HclExpression }
    | {
        readonly kind: 'for';
        readonly keyName: string | undefined;
        readonly valueName: string;
        readonly collection: HclExpression;
      }
    | { readonly kind: 'else' | 'endif' | 'endfor' }
  );

interface Open {
  readonly opening: TemplatePiece;
  /** What stands before the opening, around it. */
  readonly around: HclTemplatePart[];
  /** The branch of an `if` behind its `else`: what stands before that. */
  then: HclTemplatePart[] | undefined;
}

/** Puts directives around what they are about. @throws HclFault where they do not pair. */
export function buildTemplate(pieces: readonly TemplatePiece[]): readonly HclTemplatePart[] {
  const open: Open[] = [];
  let parts: HclTemplatePart[] = [];
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'literal':
        parts.push({ kind: 'literal', value: piece.value, start: piece.start, end: piece.end });
        break;
      case 'value':
        parts.push(piece.value);
        break;
      case 'if':
      case 'for':
        if (open.length === deepestDirective) throw new HclFault('Directives are nested too deeply.', piece);
        open.push({ opening: piece, around: parts, then: undefined });
        parts = [];
        break;
      case 'else': {
        const last = open.at(-1);
        if (last?.opening.kind !== 'if' || last.then !== undefined) throw unpaired(piece);
        last.then = parts;
        parts = [];
        break;
      }
      default: {
        const last = open.pop();
        if (last === undefined || `end${last.opening.kind}` !== piece.kind) throw unpaired(piece);
        last.around.push(directiveOf(last, parts, piece.end));
        parts = last.around;
      }
    }
  }
  const [unclosed] = open;
  if (unclosed !== undefined) throw unpaired(unclosed.opening);
  return parts;
}

/** Deeper ones are nobody's work. */
const deepestDirective = 100;

function directiveOf(
  { opening, then }: Open,
  parts: readonly HclTemplatePart[],
  end: number,
): HclTemplatePart {
  const { start } = opening;
  if (opening.kind === 'if') {
    const { condition } = opening;
    return { kind: 'template-if', condition, then: then ?? parts, otherwise: then ? parts : [], start, end };
  }
  if (opening.kind !== 'for') throw unpaired(opening);
  const { keyName, valueName, collection } = opening;
  return { kind: 'template-for', keyName, valueName, collection, parts, start, end };
}

function unpaired(piece: TemplatePiece): HclFault {
  return new HclFault(`The directive "${piece.kind}" of a template has no counterpart.`, piece);
}

/** What the mark `~` takes away in front of its sequence. */
export function trimRight(text: string): string {
  return text.replace(trailing, '');
}

/** What it takes away behind it. */
export function trimLeft(text: string): string {
  return text.trimStart();
}

const trailing = /\s+$/;
