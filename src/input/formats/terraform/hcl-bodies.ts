import type { TextRange } from '../../text-range.js';
import type { HclExpressions } from './hcl-expressions.js';
import { HclFault, type HclFaults } from './hcl-fault.js';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclLabel } from './hcl-syntax.js';
import type { HclTokens } from './hcl-tokens.js';

interface GrowingBody extends HclBody {
  readonly attributes: HclAttribute[];
  readonly blocks: HclBlock[];
  /** Names of its arguments; made for the first. */
  names: Set<string> | undefined;
  end: number;
}

/** A block whose body is being read. */
interface OpenBlock {
  readonly block: Omit<HclBlock, 'body' | 'end'>;
  readonly body: GrowingBody;
  readonly around: GrowingBody;
}

/** Reads bodies. Blocks in blocks are kept on a stack of their own, so that their depth costs nothing. */
export class HclBodies {
  private readonly open: OpenBlock[] = [];
  private body: GrowingBody;

  constructor(
    private readonly tokens: HclTokens,
    private readonly expressions: HclExpressions,
    private readonly faults: HclFaults,
  ) {
    this.body = emptyBody(tokens.start);
  }

  /** All items up to the end of the text. */
  readAll(): HclBody {
    while (this.readNext()) {
      // The loop's work is in its condition.
    }
    return this.body;
  }

  /** The item at the top of the file that begins here, with all that is in it. */
  readOne(): HclBody {
    do {
      if (!this.readNext()) break;
    } while (this.open.length > 0);
    return this.body;
  }

  /** @returns false at the end of the text. */
  private readNext(): boolean {
    const { tokens } = this;
    if (tokens.is('newline')) tokens.next();
    else if (tokens.is('end')) return this.closeAll();
    else this.tryItem();
    return true;
  }

  private tryItem(): void {
    const { tokens } = this;
    const { start } = tokens;
    try {
      if (tokens.is('}')) this.close();
      else if (tokens.is('identifier')) this.readItem();
      else throw new HclFault('An argument or a block must begin with a name.', tokens);
    } catch (fault) {
      if (!(fault instanceof HclFault)) throw fault;
      tokens.lineEnds = 'count';
      this.faults.take(fault);
      this.resumeBehind(fault, start);
    }
  }

  private readItem(): void {
    const { tokens } = this;
    const { start, end, value: name } = tokens;
    tokens.next();
    if (tokens.is('=')) this.readAttribute(name, { start, end });
    else this.readBlockHead(name, { start, end });
  }

  private readAttribute(name: string, nameRange: TextRange): void {
    const { tokens } = this;
    const { start } = nameRange;
    tokens.next();
    let value: HclExpression;
    try {
      value = this.expressions.read();
    } catch (fault) {
      // What a damaged argument is called is known all the same.
      const damaged: HclExpression = { kind: 'invalid', start: nameRange.end, end: tokens.end };
      this.body.attributes.push({ name, nameRange, value: damaged, start, end: damaged.end });
      throw fault;
    }
    if (this.body.names?.has(name)) {
      this.faults.say(new HclFault(`The argument "${name}" is set twice.`, nameRange));
    }
    (this.body.names ??= new Set()).add(name);
    this.body.attributes.push({ name, nameRange, value, start, end: value.end });
    // A block on one line holds one argument.
    if (tokens.is('}') && this.open.length > 0) return;
    this.expectLineEnd('An argument must end with its line.');
  }

  private readBlockHead(type: string, typeRange: TextRange): void {
    const { tokens } = this;
    const labels: HclLabel[] = [];
    while (tokens.is('quote') || tokens.is('identifier')) labels.push(this.readLabel());
    if (!tokens.is('{')) {
      throw new HclFault('A name needs an equals sign and a value, or a block in braces, behind it.', {
        start: typeRange.start,
        end: tokens.start,
      });
    }
    const body = emptyBody(tokens.start);
    this.open.push({ block: { type, typeRange, labels, start: typeRange.start }, body, around: this.body });
    this.body = body;
    tokens.next();
  }

  private readLabel(): HclLabel {
    const { tokens, expressions } = this;
    const { start, end, value } = tokens;
    if (tokens.is('identifier')) {
      tokens.next();
      return { text: value, start, end };
    }
    const label = expressions.readQuoted();
    const { parts } = label.kind === 'template' ? label : { parts: undefined };
    const [first, second] = parts ?? [];
    const isPlain =
      parts !== undefined && (first === undefined || first.kind === 'literal') && second === undefined;
    if (!isPlain) this.faults.say(new HclFault('A label takes no sequences of templates.', label));
    const text = first?.kind === 'literal' ? String(first.value) : '';
    return { text, start, end: label.end };
  }

  private close(): void {
    const { tokens } = this;
    const last = this.open.pop();
    if (last === undefined) throw new HclFault('This brace closes nothing.', tokens);
    this.finish(last, tokens.end);
    tokens.next();
    if (tokens.is('}')) return;
    this.expectLineEnd('A block must end with its line.');
  }

  private finish({ block, body, around }: OpenBlock, end: number): void {
    body.end = end;
    around.blocks.push({ ...block, body, end });
    this.body = around;
  }

  /** @returns false, since nothing follows. */
  private closeAll(): false {
    const { end, unclosedComment } = this.tokens;
    const [first] = this.open;
    if (unclosedComment) this.faults.take(new HclFault('A comment is not closed.', unclosedComment));
    if (first !== undefined) {
      this.faults.take(new HclFault(`The block "${first.block.type}" is not closed.`, first.block.typeRange));
    }
    for (let last = this.open.pop(); last !== undefined; last = this.open.pop()) this.finish(last, end);
    this.body.end = end;
    return false;
  }

  private expectLineEnd(message: string): void {
    const { tokens } = this;
    if (tokens.is('newline')) tokens.next();
    else if (!tokens.is('end')) throw new HclFault(message, tokens);
  }

  /** On the next line that begins like an item, or the end of one. */
  private resumeBehind({ range }: HclFault, itemStart: number): void {
    const { tokens } = this;
    const { text, limit } = tokens;
    let at = Math.max(range.end, itemStart + 1);
    // What did not belong there may be the next item itself.
    if (tokens.start > itemStart && tokens.start >= range.start) at = Math.min(at, tokens.previousEnd);
    for (;;) {
      const lineEnd = text.indexOf('\n', at);
      if (lineEnd < 0 || lineEnd >= limit) return void tokens.jumpTo(limit);
      at = lineEnd + 1;
      lineBeginning.lastIndex = at;
      if (lineBeginning.test(text)) return void tokens.jumpTo(at);
    }
  }
}

const lineBeginning = /[ \t]*(?:\}|[A-Za-z_][\w-]*[ \t]*(?:=(?![=>])|\{|"|[A-Za-z_]))/y;

function emptyBody(start: number): GrowingBody {
  return { attributes: [], blocks: [], names: undefined, start, end: start };
}
