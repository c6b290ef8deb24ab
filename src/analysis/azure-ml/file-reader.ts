import { memberOf, type JsonNode, type JsonObject } from '../../input/json-node.js';
import type { Located, SourceDocument, SourceRef } from '../../input/source-document.js';
import { refTo } from '../../input/source-ref.js';
import { placeholderIn } from '../../rbac/model/placeholder.js';
import { problem, type FileProblem, type ProblemCode } from './problem.js';

/** Reads values of one file, and keeps what is wrong with them. */
export class FileReader {
  readonly problems: FileProblem[] = [];

  constructor(readonly document: SourceDocument) {}

  at(node: JsonNode): SourceRef {
    return refTo(this.document, node);
  }

  report(code: ProblemCode, message: string, node: JsonNode): void {
    this.problems.push(problem(code, message, this.at(node)));
  }

  /** Undefined for what is missing or null; a problem for what is no mapping. */
  object(parent: JsonObject, key: string): JsonObject | undefined {
    const node = valueOf(parent, key);
    if (node === undefined || node.kind === 'object') return node;
    this.report('value-unknown', `"${key}" must be a mapping.`, node);
    return undefined;
  }

  /** Undefined for what is missing or null; a problem for what is neither text nor number. */
  text(parent: JsonObject, key: string): Located<string> | undefined {
    const node = valueOf(parent, key);
    if (node === undefined) return undefined;
    if (node.kind === 'string' || node.kind === 'number')
      return { value: String(node.value).trim(), at: this.at(node) };
    this.report('value-unknown', `"${key}" must be a text.`, node);
    return undefined;
  }

  /** One of a few words, whatever their case; undefined, with a problem, for another one. */
  word<Word extends string>(
    parent: JsonObject,
    key: string,
    words: readonly Word[],
  ): Located<Word> | undefined {
    const written = this.text(parent, key);
    if (written === undefined || isPlaceholder(written.value)) return undefined;
    const found = words.find(word => word === snakeCase(written.value));
    if (found !== undefined) return { value: found, at: written.at };
    const message = `"${key}" is "${written.value}"; it can be ${words.join(', ')}.`;
    this.problems.push(problem('value-unknown', message, written.at));
    return undefined;
  }
}

/** What stands under a key; undefined for null as well, as `key:` without a value is. */
export function valueOf(parent: JsonObject, key: string): JsonNode | undefined {
  const node = memberOf(parent, key);
  return node?.kind === 'null' ? undefined : node;
}

/** Waits to be filled in, so that nothing can be said about it. */
export function isPlaceholder(text: string): boolean {
  return placeholderIn(text) !== undefined || /\$[A-Za-z_{(]|_place_?holder\b/i.test(text);
}

/** As the Azure ML CLI compares words: `SystemAssigned` is `system_assigned`. */
export function snakeCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/\s+/g, '');
}
