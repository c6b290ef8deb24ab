import type { CodeRoot } from '../../code-root.js';
import { readJson } from '../../json.js';
import type { SourceDocument } from '../../source-document.js';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './hcl-syntax.js';
import { attributesOfJson, bodyOfJson } from './json-bodies.js';
import { parseHcl } from './parse-hcl.js';

/** A piece of a module's code, and the document that it stands in. */
export interface InDocument<Piece> {
  readonly piece: Piece;
  readonly document: SourceDocument;
}

/** What the files of one folder say: a module. */
export interface ModuleSource {
  /** Absolute. */
  readonly folder: string;
  readonly documents: readonly SourceDocument[];
  readonly variables: ReadonlyMap<string, InDocument<HclBlock>>;
  readonly locals: ReadonlyMap<string, InDocument<HclAttribute>>;
  readonly outputs: ReadonlyMap<string, InDocument<HclExpression>>;
  /** Calls by name. */
  readonly calls: ReadonlyMap<string, InDocument<HclBlock>>;
  /** Resources by `type.name`, `data.type.name` for those that are only read. */
  readonly resources: ReadonlyMap<string, InDocument<HclBlock>>;
  /** What files of values give to its variables, if it is the root. */
  readonly values: ReadonlyMap<string, InDocument<HclAttribute>>;
}

/** Reads modules, each once. Texts of files that are not on disk as they are may be given. */
export class ModuleSources {
  private readonly known = new Map<string, ModuleSource | undefined>();
  private readonly documents = new Map<string, ParsedFile>();

  constructor(
    readonly root: CodeRoot,
    private readonly texts: ReadonlyMap<string, ReadText> = new Map(),
  ) {}

  /** Undefined where the folder is outside of the root or cannot be opened. */
  module(folder: string): ModuleSource | undefined {
    if (!this.known.has(folder)) this.known.set(folder, this.read(folder));
    return this.known.get(folder);
  }

  private read(folder: string): ModuleSource | undefined {
    const entries = this.root.entries(folder);
    const onDisk = (entries ?? [])
      .filter(entry => entry.isFile() || entry.isSymbolicLink())
      .map(({ name }) => name);
    const given = [...this.texts.keys()]
      .filter(path => path.slice(0, path.lastIndexOf('/')) === folder)
      .map(path => path.slice(path.lastIndexOf('/') + 1));
    if (entries === undefined && given.length === 0) return undefined;
    const names = [...new Set([...onDisk, ...given])].filter(name => !/^\.|~$|^#.*#$/.test(name)).sort();
    const files = names
      .filter(name => /\.(?:tf|tofu)(?:\.json)?$/.test(name))
      .flatMap(name => this.file(`${folder}/${name}`, 'body') ?? []);
    const values = [...names.filter(isDefaultValues), ...names.filter(isAutoValues)].flatMap(
      name => this.file(`${folder}/${name}`, 'values') ?? [],
    );
    return sourceOf(folder, files, values);
  }

  private file(path: string, kind: 'body' | 'values'): ParsedFile | undefined {
    const known = this.documents.get(path);
    if (known !== undefined) return known;
    const given = this.texts.get(path);
    const read = given ?? this.root.read(path);
    if ('reason' in read) return undefined;
    const parsed = path.endsWith('.json') ? parseJsonFile(read, kind) : parseFile(read);
    this.documents.set(path, parsed);
    return parsed;
  }
}

interface ParsedFile {
  readonly document: SourceDocument;
  readonly body: HclBody;
}

interface ReadText {
  readonly text: string;
  readonly shown: string;
}

function parseFile({ text, shown: file }: ReadText): ParsedFile {
  const { body, comments, problems } = parseHcl(text);
  return {
    document: { file, text, root: undefined, comments, tolerated: [], syntaxProblems: problems },
    body,
  };
}

function parseJsonFile({ text, shown }: ReadText, kind: 'body' | 'values'): ParsedFile {
  const document = readJson(text, shown);
  const body = (kind === 'body' ? bodyOfJson : attributesOfJson)(document.text, document.root);
  return { document: { ...document, root: undefined }, body };
}

/** Read by Terraform without being asked, in this order. */
function isDefaultValues(name: string): boolean {
  return name === 'terraform.tfvars' || name === 'terraform.tfvars.json';
}

function isAutoValues(name: string): boolean {
  return /\.auto\.tfvars(?:\.json)?$/.test(name);
}

function sourceOf(
  folder: string,
  files: readonly ParsedFile[],
  valueFiles: readonly ParsedFile[],
): ModuleSource {
  const variables = new Map<string, InDocument<HclBlock>>();
  const locals = new Map<string, InDocument<HclAttribute>>();
  const outputs = new Map<string, InDocument<HclExpression>>();
  const calls = new Map<string, InDocument<HclBlock>>();
  const resources = new Map<string, InDocument<HclBlock>>();
  for (const { document, body } of files) {
    for (const block of body.blocks) {
      const [first = '', second = ''] = block.labels.map(({ text }) => text);
      const placed = { piece: block, document };
      if (block.type === 'variable') variables.set(first, placed);
      else if (block.type === 'module') calls.set(first, placed);
      else if (block.type === 'resource') resources.set(`${first}.${second}`, placed);
      else if (block.type === 'data') resources.set(`data.${first}.${second}`, placed);
      else if (block.type === 'output') {
        const value = attributeOf(block.body, 'value');
        if (value !== undefined) outputs.set(first, { piece: value.value, document });
      } else if (block.type === 'locals') {
        for (const attribute of block.body.attributes)
          locals.set(attribute.name, { piece: attribute, document });
      }
    }
  }
  const values = new Map(
    valueFiles.flatMap(({ document, body }) =>
      body.attributes.map(attribute => [attribute.name, { piece: attribute, document }] as const),
    ),
  );
  const documents = [...files, ...valueFiles].map(({ document }) => document);
  return { folder, documents, variables, locals, outputs, calls, resources, values };
}

/** The argument of that name; of one that is set twice the first. */
export function attributeOf({ attributes }: HclBody, name: string): HclAttribute | undefined {
  return attributes.find(each => each.name === name);
}
