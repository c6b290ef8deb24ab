import { compileActionPattern, foldCase, isDecidable, splitAtStar } from '../permissions/action-pattern.js';
import { Budget, usualSteps } from './budget.js';
import { type Comparable, comparableLiteral, comparableText, comparePair } from './compare-values.js';
import type { Attribute, ConditionComparison, ConditionExpression, NameMatch, Value } from './expression.js';
import type { AttributeKnowledge, Knowledge } from './knowledge.js';
import { matchesLike } from './like-pattern.js';
import { meaningOf, type OperatorMeaning, quantifiers } from './operators.js';
import { forAll, forAny, negate, type Truth, truthOf } from './truth.js';

/**
 * What a condition comes to, as far as it can be known. What surely holds is `true`, what surely fails `false`. Undefined,
 * for a condition that does not parse, is `unknown`, and so is every comparison that no page of Microsoft's documents:
 * undocumented and unknown operators, functions, literals of a type that is not the operator's, several values without a
 * quantifier. Version 1.0 is evaluated the same: it differs in nothing that the one built-in role with it uses.
 *
 * What https://learn.microsoft.com/azure/role-based-access-control/conditions-format leaves open is decided thus:
 * - An attribute that is absent makes its comparison false, that of a `Not…` operator too: conditions fail where an
 *   operation lacks what they ask for (learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes). A NOT
 *   around it makes that true.
 * - For all of no values is true and for any of no values false, as in logic and in Microsoft's regorus. An attribute
 *   without values is another thing than an absent one.
 * - `IgnoreCase` ignores the case of all letters, GUIDs are the same with hyphens and without.
 */
export function evaluateCondition(
  expression: ConditionExpression | undefined,
  knowledge: Knowledge,
  budget: Budget = new Budget(usualSteps),
): Truth {
  if (expression === undefined) return 'unknown';
  return new Evaluation(knowledge, budget).of(expression);
}

/** One side of a comparison. */
type Operand =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'list'; readonly items: readonly Comparable[] };

class Evaluation {
  constructor(
    private readonly knowledge: Knowledge,
    private readonly budget: Budget,
  ) {}

  of(expression: ConditionExpression): Truth {
    if (!this.budget.take(1)) return 'unknown';
    switch (expression.kind) {
      case 'and':
        return forAll(expression.operands, operand => this.of(operand));
      case 'or':
        return forAny(expression.operands, operand => this.of(operand));
      case 'not':
        return negate(this.of(expression.operand));
      case 'action-matches':
        return forAny(expression.patterns, ({ value }) => this.actionMatches(value));
      case 'sub-operation-matches':
        return this.subOperationMatches(expression);
      case 'exists':
        return this.exists(expression.attribute);
      case 'not-exists':
        return negate(this.exists(expression.attribute));
      case 'comparison':
        return this.compare(expression);
      case 'unreadable':
        return 'unknown';
    }
  }

  private actionMatches(pattern: string): Truth {
    const [folded, action] = [foldCase(pattern), foldCase(this.knowledge.action)];
    if (!folded.includes('*')) return truthOf(folded === action);
    const split = splitAtStar(folded);
    if (split !== undefined) {
      const { head, tail, shortest } = split;
      return truthOf(action.length >= shortest && action.startsWith(head) && action.endsWith(tail));
    }
    if (!isDecidable(folded) || !this.budget.take(compileSteps + folded.length)) return 'unknown';
    return truthOf(compileActionPattern(folded)(action));
  }

  private subOperationMatches({ patterns }: NameMatch): Truth {
    const { subOperation } = this.knowledge;
    if (subOperation === undefined) return 'unknown';
    if (subOperation === null) return 'false';
    return forAny(patterns, ({ value }) =>
      this.budget.take(1 + (value.length * subOperation.length) / 16)
        ? truthOf(matchesLike(subOperation.toLowerCase(), value.toLowerCase()))
        : 'unknown',
    );
  }

  private exists(attribute: Attribute): Truth {
    const { kind } = this.known(attribute, undefined);
    return kind === 'unknown' ? kind : truthOf(kind === 'values');
  }

  private compare({ left, operator, right }: ConditionComparison): Truth {
    const meaning = meaningOf(operator);
    if (meaning === undefined) return 'unknown';
    const [lefts, rights] = [this.operand(left, meaning), this.operand(right, meaning)];
    if (lefts.kind === 'absent' || rights.kind === 'absent') return 'false';
    if (lefts.kind === 'unknown' || rights.kind === 'unknown') return 'unknown';
    const holds = (l: Comparable, r: Comparable): Truth => comparePair(l, r, meaning, this.budget);
    if (operator.quantifier === undefined) {
      const isSingle = lefts.items.length === 1 && rights.items.length === 1;
      return isSingle ? holds(lefts.items[0], rights.items[0]) : 'unknown';
    }
    const ask = quantifiers.get(operator.quantifier)!;
    const [overLeft, overRight] = [
      ask.left === 'all' ? forAll : forAny,
      ask.right === 'all' ? forAll : forAny,
    ];
    return overLeft(lefts.items, l => overRight(rights.items, r => holds(l, r)));
  }

  private operand(value: Value, meaning: OperatorMeaning): Operand {
    if (value.kind === 'attribute') return this.attributeOperand(value, meaning);
    return knownOperands.get(value)?.get(meaning) ?? this.literalOperand(value, meaning);
  }

  private literalOperand(value: Value, meaning: OperatorMeaning): Operand {
    const items = value.kind === 'set' ? value.items : [value];
    if (!this.budget.take(items.length + (value.end - value.start) / 16)) return { kind: 'unknown' };
    const isOpen = items.some(({ kind }) => kind === 'attribute' || kind === 'call');
    const operand: Operand = isOpen
      ? { kind: 'unknown' }
      : { kind: 'list', items: items.map(item => comparableLiteral(item, meaning)) };
    const known = knownOperands.get(value) ?? new Map<OperatorMeaning, Operand>();
    knownOperands.set(value, known.set(meaning, operand));
    return operand;
  }

  private attributeOperand(attribute: Attribute, meaning: OperatorMeaning): Operand {
    const known = this.known(attribute, meaning);
    if (known.kind !== 'values') return known;
    if (!this.budget.take(known.values.length)) return { kind: 'unknown' };
    return { kind: 'list', items: known.values.map(text => comparableText(text, meaning)) };
  }

  /** `@Request[subOperation]` is how conditions asked for the suboperation before there was a function for it. */
  private known({ source, path }: Attribute, operator: OperatorMeaning | undefined): AttributeKnowledge {
    if (source === undefined || source === 'Context') return { kind: 'unknown' };
    if (!this.budget.take(1 + path.length / 16)) return { kind: 'unknown' };
    if (source !== 'Request' || path.toLowerCase() !== 'suboperation')
      return this.knowledge.attribute(source, path, operator);
    const { subOperation } = this.knowledge;
    if (subOperation === undefined) return { kind: 'unknown' };
    return subOperation === null ? { kind: 'absent' } : { kind: 'values', values: [subOperation] };
  }
}

/** Literals in the form in which an operator compares them: a condition is asked about one value after the other. */
const knownOperands = new WeakMap<Value, Map<OperatorMeaning, Operand>>();

/** What it takes to make a matcher for a pattern with several stars, in comparisons of short texts. */
const compileSteps = 2_000;
