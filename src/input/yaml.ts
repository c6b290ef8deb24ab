import type { Alias, CST, Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { JsonArray, JsonMember, JsonNode, JsonObject, JsonScalar } from './json-node.js';
import type { SourceDocument, SyntaxProblem } from './source-document.js';
import type { TextRange } from './text-range.js';

/** What a text of YAML holds: one document, or several between lines of `---`. */
export interface YamlDocuments {
  /** The document whose root is that of the first document that holds anything. */
  readonly document: SourceDocument;
  /** All documents that hold anything, in order. Their places are those of {@link YamlDocuments.document}. */
  readonly roots: readonly JsonNode[];
}

/**
 * Reads one YAML 1.2 document into the same tree as JSON. Never throws. Anchors and aliases are understood, as far as
 * they stay small; merge keys (`<<`) and tags are not, and keys must be plain texts. The parser is loaded here alone:
 * it costs more than all else of a short run.
 */
export async function readYaml(text: string, file: string): Promise<SourceDocument> {
  const { document, roots } = await readYamlDocuments(text, file);
  const [, second] = roots;
  if (second === undefined) return document;
  const { start, end } = second;
  const problem = { start, end, message: 'A second document begins here; one file holds one.' };
  return { ...document, syntaxProblems: [...document.syntaxProblems, problem].slice(0, maxProblems) };
}

/** The same for a text that may hold several documents, such as manifests of Kubernetes. */
export async function readYamlDocuments(text: string, file: string): Promise<YamlDocuments> {
  return refusedYaml(text, file) ?? (await loadYaml())(text, file);
}

/** Reads YAML without waiting. */
export type YamlReader = (text: string, file: string) => YamlDocuments;

/** Loads the parser, for what has to read many texts at once. */
export async function loadYaml(): Promise<YamlReader> {
  const yaml = await import('yaml');
  return (text, file) => refusedYaml(text, file) ?? readWith(yaml, text, file);
}

/** What no parser is to see. */
function refusedYaml(text: string, file: string): YamlDocuments | undefined {
  if (text.length > longestText) return damaged(text, file, 0, tooLarge);
  const indented = farIndented.exec(text)?.index;
  return indented === undefined ? undefined : damaged(text, file, indented, nestedTooDeeply);
}

function readWith(yaml: typeof import('yaml'), text: string, file: string): YamlDocuments {
  const tokens = tokensOf(text, yaml);
  if (typeof tokens === 'number') return damaged(text, file, tokens, tooMany());
  const tooDeep = placeTooDeep(tokens);
  if (tooDeep !== undefined) return damaged(text, file, tooDeep, nestedTooDeeply);
  const repeated = { nodes: 0 };
  const trees = [...new yaml.Composer(options).compose(tokens, false, text.length)].map(
    each => new YamlTree(each, yaml, repeated),
  );
  const roots = trees.flatMap(tree => tree.read() ?? []);
  const problems = trees.flatMap(tree => tree.problems).sort((a, b) => a.start - b.start);
  const syntaxProblems = problems.slice(0, maxProblems);
  return { document: { file, text, root: roots[0], comments: [], tolerated: [], syntaxProblems }, roots };
}

const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  // It compares all pairs. Keys that stand twice are in the tree, and whoever reads it says so.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** The parser's tokens; the place of the first one too many where there are more than {@link maxTokens}. */
function tokensOf(
  text: string,
  { Lexer, Parser }: Pick<typeof import('yaml'), 'Lexer' | 'Parser'>,
): CST.Token[] | number {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > maxTokens) return parser.offset;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** Each takes microseconds and a kilobyte. Blanks and line ends count: a line of a key and a value has five. */
const maxTokens = 500_000;

const nestedTooDeeply = 'The values are nested too deeply.';

/** A function: the first number in words of a language takes as long as all else of a short run. */
const tooMany = (): string =>
  `The text holds more than ${maxTokens.toLocaleString('en-US')} words and signs.`;

/** UTF-16 code units; several thousand identities. */
const longestText = 8 * 1024 * 1024;

const tooLarge = `The text is longer than ${longestText / 1024 / 1024} million characters.`;

/** Nodes that aliases may add. People repeat a list or two; a few lines can be made to stand for billions. */
const maxRepeated = 10_000;

const maxProblems = 20;

/** The parser goes down the tree by recursion, and does not always come back to say that it was too deep. */
const deepest = 200;

/** A line that may end as many levels at once: even the parser's tokens are too deep then. */
const farIndented = /^[ ]{500}/m;

/** What the parser makes of a text before it makes values of it; what does not nest is left out. */
interface Token {
  readonly offset?: number;
  readonly value?: unknown;
  readonly items?: readonly { readonly key?: unknown; readonly value?: unknown }[];
}

function placeTooDeep(tokens: readonly unknown[]): number | undefined {
  const waiting = tokens.map(token => ({ token: token as Token, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return token.offset ?? 0;
    if (isToken(token.value)) waiting.push({ token: token.value, depth });
    for (const { key, value } of token.items ?? []) {
      if (isToken(key)) waiting.push({ token: key, depth: depth + 1 });
      if (isToken(value)) waiting.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}

function isToken(value: unknown): value is Token {
  return typeof value === 'object' && value !== null;
}

type Yaml = Pick<typeof import('yaml'), 'isAlias' | 'isMap' | 'isPair' | 'isScalar' | 'isSeq'>;

interface GrowingObject extends JsonObject {
  members: JsonMember[];
}

interface GrowingArray extends JsonArray {
  items: JsonNode[];
}

interface Waiting {
  readonly source: Node | null;
  readonly parent: GrowingObject | GrowingArray | undefined;
  readonly key: string | undefined;
  readonly keyRange: TextRange;
  /** Stands there through an alias: its place is that of the alias. */
  readonly alias: TextRange | undefined;
}

class YamlTree {
  readonly problems: SyntaxProblem[] = [];
  private root: JsonNode | undefined;

  constructor(
    private readonly parsed: Document.Parsed,
    private readonly yaml: Yaml,
    /** What aliases added so far, in all documents of the text. */
    private readonly repeated: { nodes: number },
  ) {}

  /** Undefined where the document holds nothing. */
  read(): JsonNode | undefined {
    for (const { code, pos, message } of [...this.parsed.errors, ...this.parsed.warnings]) {
      this.problem({ start: pos[0], end: pos[1] }, sentences.get(code) ?? `${message.split('\n', 1)[0]}.`);
    }
    const { contents } = this.parsed;
    if (contents !== null && !this.isBlank(contents)) this.build(contents);
    return this.root;
  }

  /** `---` alone is a document that holds nothing. */
  private isBlank(contents: Node): boolean {
    return this.yaml.isScalar(contents) && contents.value === null && contents.source === '';
  }

  /** Waiting nodes are taken from the end, so children are pushed in reverse. */
  private build(contents: Node): void {
    const none = { start: 0, end: 0 };
    const waiting: Waiting[] = [
      { source: contents, parent: undefined, key: undefined, keyRange: none, alias: undefined },
    ];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { source } = next;
      if (next.alias !== undefined && ++this.repeated.nodes > maxRepeated) {
        return this.problem(next.alias, 'The aliases expand to too much.');
      }
      if (this.yaml.isAlias(source)) this.follow(source, next, waiting);
      else if (this.yaml.isMap(source)) this.buildObject(source, next, waiting);
      else if (this.yaml.isSeq(source)) this.buildArray(source, next, waiting);
      else this.attach(this.scalar(source as Scalar | null, next), next);
    }
  }

  private follow(source: Alias, next: Waiting, waiting: Waiting[]): void {
    const target = this.anchors().get(source.source);
    const place = next.alias ?? rangeOf(source, next);
    if (target === undefined) return this.problem(place, `There is no anchor "${source.source}".`);
    waiting.push({ ...next, source: target, alias: place });
  }

  /** The last one of a name counts: nobody writes the same anchor twice in a file of this kind. */
  private anchors(): ReadonlyMap<string, Node> {
    if (this.anchored !== undefined) return this.anchored;
    const anchored = new Map<string, Node>();
    const waiting: unknown[] = [this.parsed.contents];
    for (let node = waiting.pop(); waiting.length > 0 || node != null; node = waiting.pop()) {
      if (this.yaml.isPair(node)) waiting.push(node.key, node.value);
      else if (this.yaml.isMap(node) || this.yaml.isSeq(node))
        for (const item of node.items) waiting.push(item);
      const anchor = (node as { anchor?: string } | null)?.anchor;
      if (anchor !== undefined) anchored.set(anchor, node as Node);
    }
    return (this.anchored = anchored);
  }

  private anchored: ReadonlyMap<string, Node> | undefined;

  private buildObject(source: YAMLMap, next: Waiting, waiting: Waiting[]): void {
    const object: GrowingObject = { ...this.base(source, next), kind: 'object', members: [] };
    this.attach(object, next);
    for (const pair of (source.items as Pair<Node, Node | null>[]).toReversed()) {
      const keyRange = next.alias ?? rangeOf(pair.key, next);
      const key = this.yaml.isScalar(pair.key) ? keyText(pair.key) : undefined;
      if (key === undefined) this.problem(keyRange, 'The name of a property must be a text.');
      else waiting.push({ source: pair.value, parent: object, key, keyRange, alias: next.alias });
    }
  }

  private buildArray(source: YAMLSeq, next: Waiting, waiting: Waiting[]): void {
    const array: GrowingArray = { ...this.base(source, next), kind: 'array', items: [] };
    this.attach(array, next);
    for (const item of (source.items as Node[]).toReversed()) {
      waiting.push({
        source: item,
        parent: array,
        key: undefined,
        keyRange: next.keyRange,
        alias: next.alias,
      });
    }
  }

  private scalar(source: Scalar | null, next: Waiting): JsonScalar {
    const base = this.base(source, next);
    const value = source?.value ?? null;
    switch (typeof value) {
      case 'string':
        return { ...base, kind: 'string', value };
      case 'boolean':
        return { ...base, kind: 'boolean', value };
      case 'number':
        return { ...base, kind: 'number', value };
      default:
        return { ...base, kind: 'null', value: null };
    }
  }

  private base(source: Node | null, next: Waiting) {
    const { parent, key } = next;
    const { start, end } = next.alias ?? rangeOf(source, next);
    return { parent, key: parent?.kind === 'array' ? parent.items.length : key, start, end };
  }

  private attach(node: JsonNode, { parent, key, keyRange }: Waiting): void {
    if (parent === undefined) this.root = node;
    else if (parent.kind === 'array') parent.items.push(node);
    else parent.members.push({ key: key ?? '', keyRange, value: node });
  }

  private problem({ start, end }: TextRange, message: string): void {
    this.problems.push({ start, end, message });
  }
}

/** The parser's own words where they are no help. */
const sentences: ReadonlyMap<string, string> = new Map([
  ['TAG_RESOLVE_FAILED', 'Tags are not understood here.'],
  ['TAB_AS_INDENT', 'Tabs cannot indent YAML; use blanks.'],
]);

/** Numbers, true and null are texts where they are keys. */
function keyText(key: Scalar): string | undefined {
  return typeof key.value === 'string' ? key.value : key.source;
}

/** The value without what stands behind it; a value that is missing stands where its key does. */
function rangeOf(node: Node | null, { keyRange }: Pick<Waiting, 'keyRange'>): TextRange {
  const range = node?.range;
  return range == null ? keyRange : { start: range[0], end: range[1] };
}

function damaged(text: string, file: string, place: number, message: string): YamlDocuments {
  const problem = { start: place, end: place, message };
  const document = { file, text, root: undefined, comments: [], tolerated: [], syntaxProblems: [problem] };
  return { document, roots: [] };
}
