import type { JsonNode } from './json-node.js';
import type { TextRange } from './text-range.js';

/** A place, both counted from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One comment, with its delimiters. */
export interface Comment extends TextRange {
  readonly text: string;
}

/** Why a text is not what its format asks for. The reader went on behind it. */
export interface SyntaxProblem extends TextRange {
  readonly message: string;
}

/**
 * One input that was read: its text, and the tree of values in it with their places.
 * Readers of other formats (ARM, Bicep, Terraform) produce the same tree, so nothing behind this type
 * knows what a value was written in.
 */
export interface SourceDocument {
  /** As shown to people: relative to the working directory, with `/`; `-` for standard input. */
  readonly file: string;
  /** The decoded text without its byte order mark; empty for what came from no file. */
  readonly text: string;
  /** Undefined where the text holds no value at all. */
  readonly root: JsonNode | undefined;
  /** The JSON pointer of the root in the file, where the document is a part of it: a role of a snapshot. */
  readonly rootPointer?: string;
  readonly comments: readonly Comment[];
  /** Where the strict grammar was left without a loss: comments, trailing commas. At most one of each kind. */
  readonly tolerated: readonly SyntaxProblem[];
  /** Where it was left with a loss: the tree may lack what stood there. In order; capped by the reader. */
  readonly syntaxProblems: readonly SyntaxProblem[];
}

/** Where a value stands: its document, its JSON pointer and, if it has text, its range. */
export interface SourceRef {
  readonly document: SourceDocument;
  readonly pointer: string;
  readonly range: TextRange | undefined;
  /** In code: how the value came from there to where it is used. */
  readonly via?: readonly OriginStep[];
}

/** A stretch of the text of a document. */
export interface DocumentRange extends TextRange {
  readonly document: SourceDocument;
}

/** One step of a value's way from its literal to its use. */
export interface OriginStep {
  readonly kind:
    | 'variable'
    | 'local'
    | 'default'
    | 'loop'
    | 'module'
    | 'output'
    | 'parameter'
    | 'function'
    | 'resource';
  /** As written: `var.actions`, `module.roles`, `each.value`. */
  readonly name: string;
  readonly at: DocumentRange;
}

/** A value and where it stands. */
export interface Located<Value> {
  readonly value: Value;
  readonly at: SourceRef;
}
