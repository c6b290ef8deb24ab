import type { JsonNode } from '../../../json-node.js';
import type { LocatedValue } from '../../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../../source-document.js';
import { booleanAt, errorAt, listAt, nullAt, numberAt, objectAt, textAt } from '../code-values.js';
import { asText, entriesOf } from '../conversions.js';
import type { FunctionCall } from '../evaluate.js';
import { strict, wrongArgument, type FunctionTable } from './signature.js';

/** From values to texts and back. */
export const encodingFunctions: FunctionTable = {
  jsonencode: strict(call => textAt(JSON.stringify(plain(call.args[0]!)), call.at)),
  md5: strict(call => digest('md5', call.args[0], call.at)),
  sha1: strict(call => digest('sha1', call.args[0], call.at)),
  sha256: strict(call => digest('sha256', call.args[0], call.at)),
  uuidv5: strict(call => {
    const [namespace, name] = call.args.map(asText);
    const space = namespaces.get(namespace ?? '') ?? namespace ?? '';
    if (name === undefined || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(space))
      return wrongArgument(call);
    return textAt(uuidOf(space, name), call.at);
  }),
};

const namespaces: ReadonlyMap<string, string> = new Map([
  ['dns', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['url', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'],
  ['oid', '6ba7b812-9dad-11d1-80b4-00c04fd430c8'],
  ['x500', '6ba7b814-9dad-11d1-80b4-00c04fd430c8'],
]);

function uuidOf(namespace: string, name: string): string {
  const crypto = process.getBuiltinModule('node:crypto');
  const bytes = Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]);
  const hash = crypto.createHash('sha1').update(bytes).digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function digest(
  kind: 'md5' | 'sha1' | 'sha256',
  value: LocatedValue | undefined,
  at: DocumentRange,
): LocatedValue {
  const text = asText(value);
  if (text === undefined) return errorAt(`${kind}()`, 'is given what is no text', at);
  return textAt(process.getBuiltinModule('node:crypto').hash(kind, text, 'hex'), at);
}

/**
 * `jsondecode` and `yamldecode`. The text of a whole file has places of its own; of any other, all is where the text
 * stands.
 */
export function decodeText(
  call: FunctionCall,
  read: { readonly file: (document: SourceDocument) => SourceDocument; readonly text: ReadText },
): LocatedValue {
  const [text] = call.args;
  if (text?.kind !== 'string') return wrongArgument(call);
  const { document, start } = text.at;
  const isFile = document.text === text.value && start === 0;
  const decoded = isFile ? read.file(document) : read.text(text.value, document.file);
  if (decoded.syntaxProblems.length > 0) return wrongArgument(call);
  if (decoded.root === undefined) return nullAt(call.at);
  return valueOfNode(decoded.root, isFile ? decoded : text.at);
}

type ReadText = (text: string, file: string) => SourceDocument;

/** The value of a tree of JSON: at its own places in a document, or all at one place. */
export function valueOfNode(root: JsonNode, where: SourceDocument | DocumentRange, depth = 0): LocatedValue {
  const at = 'root' in where ? { document: where, start: root.start, end: root.end } : where;
  if (depth > deepest) return errorAt('The value', 'is nested too deeply', at);
  switch (root.kind) {
    case 'array':
      return listAt(
        root.items.map(item => valueOfNode(item, where, depth + 1)),
        at,
      );
    case 'object':
      return objectAt(
        root.members.map(({ key, keyRange, value }) => ({
          key,
          keyAt: 'root' in where ? { document: where, start: keyRange.start, end: keyRange.end } : where,
          value: valueOfNode(value, where, depth + 1),
        })),
        at,
      );
    case 'null':
      return nullAt(at);
    default:
      if (typeof root.value === 'string') return textAt(root.value, at);
      return typeof root.value === 'number' ? numberAt(root.value, at) : booleanAt(root.value === true, at);
  }
}

const deepest = 100;

/** Terraform sorts what is in an object by name. */
function plain(value: LocatedValue): unknown {
  if (value.kind === 'list') return value.items.map(plain);
  if (value.kind === 'object') {
    return Object.fromEntries(entriesOf(value).map(([key, inner]) => [asText(key), plain(inner)]));
  }
  return value.kind === 'null' || value.kind === 'unknown' ? null : value.value;
}
