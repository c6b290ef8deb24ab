import { didYouMean } from '../../did-you-mean.js';
import { UserError } from '../../errors.js';
import { pointerOf, type JsonNode, type JsonObject } from '../../input/json-node.js';
import { positionAt } from '../../input/position.js';
import type { SourceDocument, SourceRef } from '../../input/source-document.js';
import type { TextRange } from '../../input/text-range.js';

/**
 * Takes typed values out of a JSON document that people write for azrbac.
 * Every method throws a UserError that names file, line and column where the value is not what it asks for.
 */
export class ConfigReader {
  constructor(readonly document: SourceDocument) {}

  /** The outermost object. */
  root(): JsonObject {
    const [problem] = this.document.syntaxProblems;
    const format = /\.ya?ml$/i.test(this.document.file) ? 'YAML' : 'JSON';
    if (problem !== undefined) throw this.error(problem, `This is not ${format}: ${problem.message}`);
    if (this.document.root === undefined) throw this.error({ start: 0, end: 0 }, 'The file holds no value.');
    return this.object(this.document.root);
  }

  /** The members of an object that may have these keys and no others. `what` names the object in messages. */
  members<Key extends string>(object: JsonObject, what: string, keys: readonly Key[]): Members<Key> {
    const byKey = new Map<string, JsonNode>();
    for (const { key, keyRange, value } of object.members) {
      if (!(keys as readonly string[]).includes(key)) {
        throw this.error(keyRange, `"${key}" is not a key of ${what}.`, didYouMean(key, keys));
      }
      if (byKey.has(key))
        throw this.error(keyRange, `The key "${key}" is listed twice.`, 'Remove one of the two.');
      byKey.set(key, value);
    }
    return {
      get: (key, read) => {
        const node = byKey.get(key);
        return node === undefined ? undefined : read(node);
      },
      required: (key, read) => {
        const node = byKey.get(key);
        if (node === undefined) throw this.error(object, `The key "${key}" is missing: ${what} needs one.`);
        return read(node);
      },
    };
  }

  object(node: JsonNode): JsonObject {
    if (node.kind !== 'object') throw this.wrongType(node, 'an object');
    return node;
  }

  list<Item>(node: JsonNode, read: (item: JsonNode) => Item): Item[] {
    if (node.kind !== 'array') throw this.wrongType(node, 'a list');
    return node.items.map(read);
  }

  /** A list of texts. */
  texts(node: JsonNode): string[] {
    return this.list(node, item => this.text(item));
  }

  string(node: JsonNode): string {
    if (typeof value(node) !== 'string') throw this.wrongType(node, 'a string');
    return value(node) as string;
  }

  /** A string with something other than blanks in it. */
  text(node: JsonNode): string {
    const text = this.string(node);
    if (text.trim() === '') throw this.error(node, `${nameOf(node)} is empty.`);
    return text;
  }

  /** A number of days. */
  days(node: JsonNode): number {
    const days = Number(value(node));
    if (typeof value(node) === 'number' && Number.isInteger(days) && days >= 1 && days <= 36_500) return days;
    throw this.wrongType(node, 'a whole number of days, 1 or more');
  }

  /** One of several words. */
  word<Word extends string>(node: JsonNode, words: readonly Word[]): Word {
    const text = this.string(node);
    const word = words.find(candidate => candidate === text);
    if (word === undefined) {
      throw this.error(
        node,
        `${nameOf(node)} is "${text}", which is none of ${words.join(', ')}.`,
        didYouMean(text, words),
      );
    }
    return word;
  }

  at(node: JsonNode): SourceRef {
    return { document: this.document, pointer: pointerOf(node), range: node };
  }

  private wrongType(node: JsonNode, wanted: string): UserError {
    return this.error(node, `${nameOf(node)} must be ${wanted}.`);
  }

  error(range: TextRange, message: string, hint?: string): UserError {
    return errorAt(this.document, range, message, hint);
  }
}

export interface Members<Key extends string> {
  /** Undefined where there is no such member. */
  get<T>(key: Key, read: (node: JsonNode) => T): T | undefined;
  required<T>(key: Key, read: (node: JsonNode) => T): T;
}

/** A mistake at a place of a file that people write for azrbac. */
export function errorAt(
  document: SourceDocument,
  range: TextRange,
  message: string,
  hint?: string,
): UserError {
  const { line, column } = positionAt(document, range.start);
  const place = { file: document.file, line, column, sentence: message };
  return new UserError(`${document.file}:${line}:${column}: ${message}`, {
    place,
    ...(hint !== undefined && { hint }),
  });
}

function nameOf(node: JsonNode): string {
  return node.parent === undefined ? 'The value' : `"${pointerOf(node).slice(1)}"`;
}

function value(node: JsonNode): unknown {
  return 'value' in node ? node.value : undefined;
}
