import { resolve } from 'node:path';
import type { LocatedValue } from '../../../located-value.js';
import type { CodeRoot } from '../../../code-root.js';
import type { DocumentRange, SourceDocument } from '../../../source-document.js';
import { booleanAt, errorAt, listAt, textAt, unknownAt } from '../code-values.js';
import { asText } from '../conversions.js';
import type { FunctionCall } from '../evaluate.js';
import { readJson } from '../../../json.js';
import type { YamlReader } from '../../../yaml.js';
import { decodeText } from './encodings.js';
import { strict, wrongArgument, type FunctionTable } from './signature.js';

/** Where relative paths of a module begin, and which files may be read. */
export interface FilePlace {
  readonly root: CodeRoot;
  /** Absolute: the working directory of a run of Terraform, which is the folder of the root module. */
  readonly folder: string;
  readonly yaml: YamlLoading;
}

/** The reader of YAML, which is loaded where code asks for it: then the code is read once more. */
export interface YamlLoading {
  readonly read: YamlReader | undefined;
  isAskedFor: boolean;
}

/** Evaluates the text of a template with these names alone. */
export type RenderTemplate = (
  document: SourceDocument,
  names: LocatedValue,
  at: DocumentRange,
) => LocatedValue;

/** Functions that read files inside of the root. What is outside is unknown, with the reason. */
export function fileFunctions(place: FilePlace, render: RenderTemplate): FunctionTable {
  return {
    file: strict(call => fileText(call, place)),
    templatefile: call => {
      const [path, names] = call.args;
      if (path === undefined || names === undefined) return wrongArgument(call);
      if (path.kind === 'unknown') return unknownAt(path.reason, call.at);
      const text = fileText({ ...call, args: [path] }, place);
      return text.kind === 'string' ? render(text.at.document, names, call.at) : text;
    },
    fileexists: strict(call => {
      const path = asText(call.args[0]);
      return path === undefined
        ? wrongArgument(call)
        : booleanAt('text' in place.root.read(pathOf(path, place)), call.at);
    }),
    jsondecode: strict(call =>
      decodeText(call, { file: document => place.root.json(document), text: readJson }),
    ),
    yamldecode: strict(call => decodeYaml(call, place)),
    fileset: strict(call => fileSet(call, place)),
    abspath: strict(call => wrongArgument(call)),
    pathexpand: strict(call => call.args[0]!),
  };
}

function decodeYaml(call: FunctionCall, { root, yaml }: FilePlace): LocatedValue {
  const { read } = yaml;
  yaml.isAskedFor = true;
  if (read === undefined) return unknownAt({ kind: 'function', name: 'yamldecode()', at: call.at }, call.at);
  const text = (value: string, file: string): SourceDocument => read(value, file).document;
  return decodeText(call, { file: document => root.decoded(document, text), text });
}

function pathOf(path: string, { folder }: FilePlace): string {
  return resolve(folder, path);
}

/** A file's text whose place is the whole file, so that what is read out of it has its places there. */
function fileText(call: FunctionCall, place: FilePlace): LocatedValue {
  const path = asText(call.args[0]);
  if (path === undefined || path.includes('\0')) return wrongArgument(call);
  const document = place.root.document(pathOf(path, place));
  if ('reason' in document) {
    const name = `"${path.slice(0, 200)}"`;
    return unknownAt({ kind: 'not-read', name, detail: document.reason, at: call.at }, call.at);
  }
  return textAt(document.text, { document, start: 0, end: document.text.length });
}

/** Patterns of `*`, `**` and `?`; sorted, relative to the folder. */
function fileSet(call: FunctionCall, place: FilePlace): LocatedValue {
  const [folder, pattern] = call.args.map(asText);
  if (folder === undefined || pattern === undefined) return wrongArgument(call);
  const matches = matcherOf(pattern);
  if (matches === undefined) return errorAt('fileset()', 'has a pattern that is not evaluated', call.at);
  const found: string[] = [];
  const waiting = [''];
  let left = maxEntries;
  for (let inside = waiting.pop(); inside !== undefined; inside = waiting.pop()) {
    const entries = place.root.entries(resolve(pathOf(folder, place), inside));
    if (entries === undefined) {
      const name = `"${folder.slice(0, 200)}"`;
      return unknownAt({ kind: 'not-read', name, detail: 'cannot be opened', at: call.at }, call.at);
    }
    for (const entry of entries) {
      if (--left < 0) return unknownAt({ kind: 'budget', name: 'fileset()', at: call.at }, call.at);
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile() && matches.test(path)) found.push(path);
    }
  }
  return listAt(
    found.sort().map(path => textAt(path, call.at)),
    call.at,
  );
}

const maxEntries = 20_000;

function matcherOf(pattern: string): RegExp | undefined {
  if (pattern.length > 200 || (pattern.match(/\*/g)?.length ?? 0) > 6) return undefined;
  const source = pattern
    .replaceAll(/[.+^$()|\\]/g, '\\$&')
    .replaceAll('**/', '\u0000')
    .replaceAll('**', '\u0001')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\u0000', '(?:.*/)?')
    .replaceAll('\u0001', '.*')
    .replaceAll(/\{([^{}]*)\}/g, (_, choices: string) => `(?:${choices.replaceAll(',', '|')})`);
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
