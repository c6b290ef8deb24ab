import { JsonTokens } from './json-tokens.js';
import type { JsonMember, JsonNode, JsonScalar } from './json-node.js';
import type { Comment, SourceDocument, SyntaxProblem } from './source-document.js';
import type { TextRange } from './text-range.js';
import { maxValues, ValueRoom } from './value-room.js';

/**
 * Reads JSON with comments and trailing commas. Never throws: it goes on behind errors and keeps what it can, and there is
 * `room` for.
 */
export function readJson(text: string, file: string, room = new ValueRoom()): SourceDocument {
  return new TreeReader(text, file, { placeholders: 'problem', room }).read();
}

/** The same for a template that becomes JSON (Terraform, Jinja, Go): placeholders outside of quotes are no problem in it. */
export function readJsonTemplate(text: string, file: string, room = new ValueRoom()): SourceDocument {
  return new TreeReader(text, file, { placeholders: 'expected', room }).read();
}

/** Whether the value was written without quotes, such as `${scopes}`: nobody knows yet what it will be. */
export function isUnquoted(node: JsonNode, document: SourceDocument): boolean {
  return node.kind === 'string' && document.text[node.start] !== '"';
}

/** More say nothing new: they follow from the first ones. */
const maxProblems = 20;

interface TreeOptions {
  readonly placeholders: 'problem' | 'expected';
  readonly room: ValueRoom;
}

/** The nodes while they grow. Parents are in the nodes, so no stack is needed and depth costs nothing. */
interface GrowingObject {
  kind: 'object';
  parent: Growing | undefined;
  key: string | number | undefined;
  start: number;
  end: number;
  members: JsonMember[];
}

interface GrowingArray {
  kind: 'array';
  parent: Growing | undefined;
  key: string | number | undefined;
  start: number;
  end: number;
  items: JsonNode[];
}

type Growing = GrowingObject | GrowingArray;

class TreeReader {
  private readonly text: string;
  private readonly tokens: JsonTokens;
  private readonly comments: Comment[] = [];
  private readonly problems: SyntaxProblem[] = [];
  private trailingComma: SyntaxProblem | undefined;
  private problemLine = -1;
  private isFull = false;

  private root: JsonNode | undefined;
  private container: Growing | undefined;
  /** The key that waits for its value, and whether its colon was seen. */
  private key: { readonly text: string; readonly range: TextRange } | undefined;
  private colonSeen = false;
  /** Whether a value stands since the container began or since its last comma. */
  private valueSeen = false;
  /** The last comma, if nothing followed it yet. */
  private comma: TextRange | undefined;

  constructor(
    text: string,
    private readonly file: string,
    private readonly options: TreeOptions,
  ) {
    this.text = text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
    this.tokens = new JsonTokens(this.text);
  }

  read(): SourceDocument {
    while (this.tokens.next() !== 'end' && this.takeToken()) {
      // The loop's work is in its condition: a token that ends the reading says so.
    }
    this.closeAll();
    return {
      file: this.file,
      text: this.text,
      root: this.root,
      comments: this.comments,
      tolerated: this.tolerated(),
      syntaxProblems: this.problems,
    };
  }

  /** False where the rest of the text is not to be read. */
  private takeToken(): boolean {
    const { tokens } = this;
    if (tokens.kind === 'comment') return this.takeComment();
    if (tokens.kind === 'directive' && this.options.placeholders === 'expected') return true;
    if (this.root !== undefined && this.container === undefined) {
      this.problem('The text goes on behind the end of its value; the rest was not read.');
      return false;
    }
    if (tokens.fault !== undefined) this.problem(tokens.fault);
    switch (tokens.kind) {
      case ':':
        this.takeColon();
        return true;
      case ',':
        this.takeComma();
        return true;
      case '}':
        this.close('object');
        return true;
      case ']':
        this.close('array');
        return true;
      default:
        this.takeKeyOrValue();
        return this.hasRoom();
    }
  }

  private takeComment(): boolean {
    const { start, end, fault } = this.tokens;
    if (fault !== undefined) this.problem(fault);
    this.comments.push({ start, end, text: this.text.slice(start, end) });
    return this.hasRoom();
  }

  private hasRoom(): boolean {
    if (this.options.room.take()) return true;
    this.isFull = true;
    this.problem(
      `All that is read in a run may hold ${maxValues.toLocaleString('en-US')} values; the rest of this was not read.`,
    );
    return false;
  }

  private takeColon(): void {
    if (this.key === undefined || this.colonSeen) return this.problem('Unexpected colon.');
    this.colonSeen = true;
  }

  private takeComma(): void {
    if (this.key !== undefined) this.dropKey();
    else if (!this.valueSeen) this.problem('Expected a value instead of a comma.');
    this.valueSeen = false;
    this.comma = this.here();
  }

  private dropKey(): void {
    this.problem('The value of a property is missing.');
    this.key = undefined;
    this.colonSeen = false;
  }

  private takeKeyOrValue(): void {
    if (this.container?.kind === 'object' && this.key === undefined) return this.takeKey();
    if (this.container?.kind === 'array') this.expectComma();
    if (this.key !== undefined && !this.colonSeen)
      this.problem('A colon is missing between a property and its value.');
    this.takeValue();
  }

  private takeKey(): void {
    const { tokens } = this;
    if (tokens.kind === '{' || tokens.kind === '[') return this.takeKeyless();
    if (tokens.kind === 'expression' && this.options.placeholders === 'expected') return this.completeValue();
    this.expectComma();
    if (tokens.kind !== 'string') this.problem('Property names must be in double quotes.');
    this.key = { text: tokens.value, range: this.here() };
  }

  /** Reads on inside, so that brackets stay in balance, but the value belongs to nobody. */
  private takeKeyless(): void {
    this.problem('Expected a property name instead of a value.');
    const { start, end, kind } = this.tokens;
    this.open(kind === '{' ? this.newObject(start, end, undefined) : this.newArray(start, end, undefined));
  }

  private expectComma(): void {
    if (this.valueSeen) this.problem('A comma is missing.');
    this.comma = undefined;
  }

  private takeValue(): void {
    const { kind, start, end } = this.tokens;
    const key = this.container?.kind === 'array' ? this.container.items.length : this.key?.text;
    if (kind === '{') return this.open(this.attach(this.newObject(start, end, key)));
    if (kind === '[') return this.open(this.attach(this.newArray(start, end, key)));
    this.attach(this.newScalar(key));
    this.completeValue();
  }

  private newObject(start: number, end: number, key: string | number | undefined): GrowingObject {
    return { kind: 'object', parent: this.container, key, start, end, members: [] };
  }

  private newArray(start: number, end: number, key: string | number | undefined): GrowingArray {
    return { kind: 'array', parent: this.container, key, start, end, items: [] };
  }

  private newScalar(key: string | number | undefined): JsonScalar {
    const { kind, start, end, value } = this.tokens;
    const parent = this.container;
    switch (kind) {
      case 'number':
        return { kind, parent, key, start, end, value: Number(value) };
      case 'boolean':
        return { kind, parent, key, start, end, value: value === 'true' };
      case 'null':
        return { kind, parent, key, start, end, value: null };
      default:
        this.judgeBare();
        return { kind: 'string', parent, key, start, end, value };
    }
  }

  private judgeBare(): void {
    const { kind, fault } = this.tokens;
    if (kind === 'string' || fault !== undefined) return;
    if (kind !== 'word' && this.options.placeholders === 'expected') return;
    this.problem(
      kind === 'word' ? 'Expected a double-quoted string.' : 'Expected a value instead of a placeholder.',
    );
  }

  private attach<Node extends Growing | JsonScalar>(node: Node): Node {
    if (this.container === undefined) this.root = node;
    else if (this.container.kind === 'array') this.container.items.push(node);
    else if (this.key !== undefined) {
      this.container.members.push({ key: this.key.text, keyRange: this.key.range, value: node });
    }
    return node;
  }

  private open(container: Growing): void {
    this.container = container;
    this.key = undefined;
    this.colonSeen = false;
    this.valueSeen = false;
    this.comma = undefined;
  }

  private completeValue(): void {
    this.key = undefined;
    this.colonSeen = false;
    this.valueSeen = true;
    this.comma = undefined;
  }

  private close(kind: Growing['kind']): void {
    if (this.container?.kind !== kind && this.container?.parent?.kind === kind) {
      this.problem(`${kind === 'array' ? 'An object' : 'A list'} is not closed.`);
      this.closeContainer(this.tokens.start);
    }
    if (this.container?.kind !== kind) return this.problem('A closing bracket has no opening one.');
    if (this.key !== undefined) this.dropKey();
    else if (this.comma !== undefined && this.valuesIn(this.container) > 0) {
      this.trailingComma ??= { ...this.comma, message: 'Trailing comma after the last value.' };
    }
    this.closeContainer(this.tokens.end);
  }

  private valuesIn(container: Growing): number {
    return container.kind === 'array' ? container.items.length : container.members.length;
  }

  private closeContainer(end: number): void {
    if (this.container === undefined) return;
    this.container.end = end;
    this.container = this.container.parent;
    this.completeValue();
  }

  private closeAll(): void {
    if (this.container !== undefined && !this.isFull) {
      const { start, kind } = this.container;
      this.problemLine = -1;
      this.problem(`${kind === 'object' ? 'An object' : 'A list'} is never closed.`, {
        start,
        end: start + 1,
      });
    }
    while (this.container !== undefined) this.closeContainer(this.text.length);
    if (this.root === undefined && this.problems.length === 0) {
      this.problem('The text holds no value.', { start: 0, end: 0 });
    }
  }

  /** One problem per line: the others on it mostly follow from the first. */
  private problem(message: string, range: TextRange = this.here()): void {
    if (this.problems.length >= maxProblems || this.tokens.line === this.problemLine) return;
    this.problemLine = this.tokens.line;
    this.problems.push({ start: range.start, end: range.end, message });
  }

  private tolerated(): SyntaxProblem[] {
    const [comment] = this.comments;
    const found: SyntaxProblem[] = [];
    if (comment !== undefined)
      found.push({ start: comment.start, end: comment.end, message: 'JSON does not allow comments.' });
    if (this.trailingComma !== undefined) found.push(this.trailingComma);
    return found.sort((a, b) => a.start - b.start);
  }

  private here(): TextRange {
    return { start: this.tokens.start, end: this.tokens.end };
  }
}

const byteOrderMark = 0xfeff;
