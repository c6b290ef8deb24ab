import { isUnquoted } from '../../input/json.js';
import type { JsonMember, JsonNode } from '../../input/json-node.js';
import type { Located, SourceDocument } from '../../input/source-document.js';
import { refTo } from '../../input/source-ref.js';
import { placeholderIn } from './placeholder.js';
import type { RoleDefect } from './role-definition.js';

/** Reads the values of a role's properties, and keeps what was of the wrong type as defects. */
export class RoleValues {
  readonly defects: RoleDefect[] = [];

  constructor(readonly document: SourceDocument) {}

  /** A text; undefined where none is written or it is null. */
  text(member: JsonMember | undefined): Located<string> | undefined {
    const node = member?.value;
    if (member === undefined || node === undefined || node.kind === 'null') return undefined;
    if (node.kind === 'string') return { value: String(node.value), at: refTo(this.document, node) };
    this.wrongType(member.key, 'a string', node);
    return undefined;
  }

  /** The strings of a list. A lone string counts as a list of one, as its author meant. */
  texts(member: JsonMember | undefined): JsonNode[] {
    const node = member?.value;
    if (member === undefined || node === undefined) return [];
    if (node.kind === 'array') return this.strings(member.key, node.items);
    // Azure's tools take null for a list that is not there.
    if (node.kind === 'null') this.wrongType(member.key, 'a list of strings', node, 'ignored');
    else if (!this.isPlaceholder(node)) this.wrongType(member.key, 'a list of strings', node);
    return node.kind === 'string' ? [node] : [];
  }

  /** The text is filled in later: what type it will have then is not known. */
  isPlaceholder(node: JsonNode): boolean {
    if (node.kind !== 'string') return false;
    const text = String(node.value).trim();
    if (isUnquoted(node, this.document)) return true;
    return placeholderIn(text) === text && !text.startsWith('["');
  }

  wrongType(property: string, expected: string, node: JsonNode, variant?: 'ignored'): void {
    const found = nameOfKind[node.kind];
    this.defects.push({
      kind: 'wrong-type',
      at: refTo(this.document, node),
      ...(variant === undefined ? {} : { variant }),
      evidence: { property, expected, found },
    });
  }

  private strings(property: string, items: readonly JsonNode[]): JsonNode[] {
    const strings = items.filter(item => item.kind === 'string');
    if (strings.length === items.length) return strings;
    for (const item of items) {
      if (item.kind !== 'string') this.wrongType(property, 'a list of strings', item);
    }
    return strings;
  }
}

const nameOfKind: Readonly<Record<JsonNode['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};
