import { pointerOf, type JsonMember, type JsonNode } from './json-node.js';
import type { SourceDocument, SourceRef } from './source-document.js';
import type { TextRange } from './text-range.js';

/** The place of a value. Its pointer is made when asked for: most places are never shown. */
export function refTo(document: SourceDocument, node: JsonNode): SourceRef {
  return new NodeRef(document, node, node);
}

/** The place of a property's name; the pointer is the property's. */
export function refToKey(document: SourceDocument, member: JsonMember): SourceRef {
  return new NodeRef(document, member.value, member.keyRange);
}

class NodeRef implements SourceRef {
  constructor(
    readonly document: SourceDocument,
    private readonly node: JsonNode,
    private readonly place: TextRange,
  ) {}

  get pointer(): string {
    return `${this.document.rootPointer ?? ''}${pointerOf(this.node)}`;
  }

  /** None where the document has no text, as for what Azure answered. */
  get range(): TextRange | undefined {
    return this.document.text === '' ? undefined : { start: this.place.start, end: this.place.end };
  }
}
