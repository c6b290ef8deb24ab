import type { TextRange } from '../../text-range.js';

/** An expression of Bicep. */
export type BicepExpression =
  | BicepText
  | BicepNumber
  | BicepBoolean
  | BicepNull
  | BicepList
  | BicepObject
  | BicepVariable
  | BicepCall
  | BicepMember
  | BicepIndex
  | BicepUnary
  | BicepBinary
  | BicepTernary
  | BicepLambda
  | BicepLoop
  | BicepConditional
  | BicepDamage;

/** A string: its texts, and the expressions between them. */
export interface BicepText extends TextRange {
  readonly kind: 'text';
  /** One more than the expressions. */
  readonly texts: readonly string[];
  readonly expressions: readonly BicepExpression[];
}

export interface BicepNumber extends TextRange {
  readonly kind: 'number';
  readonly value: number;
}

export interface BicepBoolean extends TextRange {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface BicepNull extends TextRange {
  readonly kind: 'null';
}

export interface BicepList extends TextRange {
  readonly kind: 'list';
  readonly items: readonly BicepItem[];
}

/** `...x` puts the items or members of another in its place. */
export interface BicepItem {
  readonly isSpread: boolean;
  readonly value: BicepExpression;
}

export interface BicepObject extends TextRange {
  readonly kind: 'object';
  readonly members: readonly BicepObjectMember[];
  /** Resources inside of one. */
  readonly resources: readonly BicepResource[];
}

/** Without a name, the members of another object in its place. */
export interface BicepObjectMember {
  readonly name: BicepText | undefined;
  readonly value: BicepExpression;
}

export interface BicepVariable extends TextRange {
  readonly kind: 'variable';
  readonly name: string;
}

/** `f(x)`, or `of.f(x)`. */
export interface BicepCall extends TextRange {
  readonly kind: 'call';
  readonly of: BicepExpression | undefined;
  readonly name: string;
  readonly args: readonly BicepExpression[];
}

/** `x.name`, `x.?name`, `x::name` */
export interface BicepMember extends TextRange {
  readonly kind: 'member';
  readonly of: BicepExpression;
  readonly name: string;
  readonly isSafe: boolean;
}

/** `x[0]`, `x[?0]`, `x[^1]` */
export interface BicepIndex extends TextRange {
  readonly kind: 'index';
  readonly of: BicepExpression;
  readonly index: BicepExpression;
  readonly isSafe: boolean;
  readonly isFromEnd: boolean;
}

export interface BicepUnary extends TextRange {
  readonly kind: 'unary';
  readonly operator: string;
  readonly of: BicepExpression;
}

export interface BicepBinary extends TextRange {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: BicepExpression;
  readonly right: BicepExpression;
}

export interface BicepTernary extends TextRange {
  readonly kind: 'ternary';
  readonly condition: BicepExpression;
  readonly yes: BicepExpression;
  readonly no: BicepExpression;
}

/** `x => y`, `(x, y) => z` */
export interface BicepLambda extends TextRange {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: BicepExpression;
}

/** `[for x in list: y]`, `[for (x, i) in list: y]` */
export interface BicepLoop extends TextRange {
  readonly kind: 'loop';
  readonly item: string;
  readonly index: string | undefined;
  readonly list: BicepExpression;
  readonly body: BicepExpression;
}

/** `if (x) { … }` */
export interface BicepConditional extends TextRange {
  readonly kind: 'conditional';
  readonly condition: BicepExpression;
  readonly body: BicepExpression;
}

/** Where an expression should stand and none that can be read does. */
export interface BicepDamage extends TextRange {
  readonly kind: 'damage';
}

/** A declaration; those that say nothing about values are left out. */
export type BicepDeclaration =
  | BicepScope
  | BicepParameter
  | BicepAssignment
  | BicepResource
  | BicepFunction
  | BicepImport;

/** `targetScope = 'subscription'` */
export interface BicepScope extends TextRange {
  readonly kind: 'scope';
  readonly value: BicepExpression;
}

export interface BicepParameter extends TextRange {
  readonly kind: 'parameter';
  readonly name: string;
  readonly nameAt: TextRange;
  readonly isNullable: boolean;
  readonly value: BicepExpression | undefined;
}

/** `var x = …`; `output x string = …` */
export interface BicepAssignment extends TextRange {
  readonly kind: 'variable' | 'output';
  readonly name: string;
  readonly nameAt: TextRange;
  readonly value: BicepExpression;
}

/** A resource or a module. */
export interface BicepResource extends TextRange {
  readonly kind: 'resource' | 'module';
  readonly name: string;
  readonly nameAt: TextRange;
  /** The type with its version, or the module's path. */
  readonly of: BicepText | undefined;
  readonly isExisting: boolean;
  readonly value: BicepExpression;
}

export interface BicepFunction extends TextRange {
  readonly kind: 'function';
  readonly name: string;
  readonly nameAt: TextRange;
  readonly parameters: readonly string[];
  readonly body: BicepExpression;
}

/** `import { a, b as c } from 'x.bicep'`, `import * as d from 'x.bicep'` */
export interface BicepImport extends TextRange {
  readonly kind: 'import';
  /** Names by the name here; `*` is all of them. */
  readonly names: readonly { readonly name: string; readonly as: string }[];
  readonly from: BicepText | undefined;
}
