import type { TextRange } from '../../text-range.js';

// The syntax of HCL (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md), as Terraform and OpenTofu write it.

/** What stands between the braces of a block, or in a whole file. */
export interface HclBody extends TextRange {
  /** In the order of the text. A name that is set twice is there twice. */
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

/** `name = value`. */
export interface HclAttribute extends TextRange {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly value: HclExpression;
}

/** `type "label" { … }`. */
export interface HclBlock extends TextRange {
  readonly type: string;
  readonly typeRange: TextRange;
  readonly labels: readonly HclLabel[];
  readonly body: HclBody;
}

export interface HclLabel extends TextRange {
  readonly text: string;
}

export type HclExpression =
  | HclLiteral
  | HclTemplate
  | HclInterpolation
  | HclVariable
  | HclAccess
  | HclCall
  | HclUnary
  | HclBinary
  | HclConditional
  | HclTuple
  | HclObject
  | HclFor
  | HclParentheses
  | HclInvalid;

/** A number, `true`, `false`, `null`, or a text between the sequences of a template. */
export interface HclLiteral extends TextRange {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** A text in quotes, or a heredoc; its range includes quotes and markers. */
export interface HclTemplate extends TextRange {
  readonly kind: 'template';
  readonly parts: readonly HclTemplatePart[];
}

/** `"${value}"`: what stands in it keeps its type. */
export interface HclInterpolation extends TextRange {
  readonly kind: 'interpolation';
  readonly value: HclExpression;
}

export type HclTemplatePart = HclExpression | HclTemplateIf | HclTemplateFor;

/** `%{ if condition }…%{ else }…%{ endif }` */
export interface HclTemplateIf extends TextRange {
  readonly kind: 'template-if';
  readonly condition: HclExpression;
  readonly then: readonly HclTemplatePart[];
  readonly otherwise: readonly HclTemplatePart[];
}

/** `%{ for key, value in collection }…%{ endfor }` */
export interface HclTemplateFor extends TextRange {
  readonly kind: 'template-for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: HclExpression;
  readonly parts: readonly HclTemplatePart[];
}

/** A name that stands alone or in front of dots and brackets. */
export interface HclVariable extends TextRange {
  readonly kind: 'variable';
  readonly name: string;
}

/** `source.name[index].*.name`: all steps behind one source. */
export interface HclAccess extends TextRange {
  readonly kind: 'access';
  readonly source: HclExpression;
  readonly steps: readonly HclStep[];
}

/**
 * One dot or bracket, with its range. A `splat` applies what follows to each item: the `attributes` one (`.*`) up to
 * the next bracket, the `full` one (`[*]`) all of it.
 */
export type HclStep = TextRange &
  (
    | { readonly kind: 'attribute'; readonly name: string }
    | { readonly kind: 'index'; readonly key: HclExpression }
    /** `.0`, a way to write an index that Terraform has from its first versions. */
    | { readonly kind: 'legacy-index'; readonly index: number }
    | { readonly kind: 'splat'; readonly reach: 'attributes' | 'full' }
  );

export interface HclCall extends TextRange {
  readonly kind: 'call';
  /** `provider::azurerm::normalise_resource_id`, without blanks. */
  readonly name: string;
  readonly nameRange: TextRange;
  readonly args: readonly HclExpression[];
  /** Three dots stand behind the last argument: its items are arguments. */
  readonly expandsLast: boolean;
}

export interface HclUnary extends TextRange {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: HclExpression;
}

export type HclBinaryOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

export interface HclBinary extends TextRange {
  readonly kind: 'binary';
  readonly operator: HclBinaryOperator;
  readonly left: HclExpression;
  readonly right: HclExpression;
}

export interface HclConditional extends TextRange {
  readonly kind: 'conditional';
  readonly condition: HclExpression;
  readonly then: HclExpression;
  readonly otherwise: HclExpression;
}

export interface HclTuple extends TextRange {
  readonly kind: 'tuple';
  readonly items: readonly HclExpression[];
}

export interface HclObject extends TextRange {
  readonly kind: 'object';
  readonly items: readonly HclObjectItem[];
}

export interface HclObjectItem {
  /** A name without quotes is a {@link HclVariable} and stands for itself; in parentheses it is evaluated. */
  readonly key: HclExpression;
  readonly value: HclExpression;
}

/** `[for key, value in collection : value if condition]`, or with braces and `key => value`. */
export interface HclFor extends TextRange {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: HclExpression;
  /** The key of one that makes an object. */
  readonly key: HclExpression | undefined;
  readonly value: HclExpression;
  readonly condition: HclExpression | undefined;
  /** Three dots stand behind the value: values of one key become a list. */
  readonly groups: boolean;
}

export interface HclParentheses extends TextRange {
  readonly kind: 'parentheses';
  readonly value: HclExpression;
}

/** What could not be read. */
export interface HclInvalid extends TextRange {
  readonly kind: 'invalid';
}
