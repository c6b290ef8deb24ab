import type { JsonArray, JsonMember, JsonNode, JsonObject, JsonScalar } from '../../json-node.js';
import type { LocatedMember, LocatedValue, UnknownReason } from '../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';
import { Evaluation } from './evaluation.js';
import {
  isExpression,
  parseExpression,
  unescaped,
  type Expression,
  type ExpressionProblem,
} from './expression.js';
import { ExpressionEvaluator } from './expression-evaluator.js';
import { ExpressionPlace } from './expression-place.js';
import { outOfBudget } from './functions/index.js';
import { inRound, type Frame } from './template-scope.js';
import { booleanAt, listAt, nullAt, numberAt, objectAt, textAt, unknownAt } from './values.js';

/** Evaluates the values of a template: JSON of which strings may be expressions, and which may hold loops. */
export class NodeEvaluator {
  private readonly expressions: ExpressionEvaluator;
  private readonly parsed = new WeakMap<JsonNode, ParsedString>();

  constructor(
    readonly document: SourceDocument,
    readonly evaluation = new Evaluation(),
  ) {
    this.expressions = new ExpressionEvaluator(evaluation);
  }

  evaluate(node: JsonNode, frame: Frame): LocatedValue {
    const at = this.placeOf(node);
    if (!this.evaluation.spend(1)) return outOfBudget({ evaluation: this.evaluation, at });
    switch (node.kind) {
      case 'array':
        return this.expressions.nested(at, () => this.list(node, frame));
      case 'object':
        return this.expressions.nested(at, () => this.object(node, frame));
      case 'null':
        return nullAt(at);
      default:
        return this.scalar(node, frame);
    }
  }

  /** A text where one is known, and undefined else. */
  text(node: JsonNode | undefined, frame: Frame): string | undefined {
    const value = node && this.evaluate(node, frame);
    return value?.kind === 'string' ? value.value : undefined;
  }

  placeOf({ start, end }: Pick<JsonNode, 'start' | 'end'>): DocumentRange {
    return { document: this.document, start, end };
  }

  /** The rounds of a loop: one with an unknown number where nobody knows how many there are. */
  rounds(loop: JsonObject, frame: Frame): Rounds {
    const members = new Map(loop.members.map(({ key, value }) => [key.toLowerCase(), value]));
    const name = this.text(members.get('name'), frame) ?? '';
    const count = members.get('count');
    const at = this.placeOf(count ?? loop);
    const value = count === undefined ? nullAt(at) : this.evaluate(count, frame);
    if (
      value.kind === 'number' &&
      Number.isInteger(value.value) &&
      value.value >= 0 &&
      value.value <= maxRounds
    ) {
      const frames = Array.from({ length: value.value }, (_, i) => inRound(frame, name, numberAt(at, i)));
      return { frames, open: undefined };
    }
    const open =
      value.kind === 'unknown'
        ? value.reason
        : this.evaluation.reason('error', `Loop "${name}"`, at, 'has no sound number of rounds');
    return { frames: [inRound(frame, name, unknownAt(at, open))], open };
  }

  /** The list that a loop of values makes. */
  looped(loop: JsonObject, frame: Frame): LocatedValue {
    const { frames, open } = this.rounds(loop, frame);
    const input = loop.members.find(({ key }) => key.toLowerCase() === 'input')?.value;
    const items = input === undefined ? [] : frames.map(each => this.evaluate(input, each));
    return listAt(this.placeOf(loop), items, open);
  }

  private scalar(node: JsonScalar, frame: Frame): LocatedValue {
    const at = this.placeOf(node);
    if (node.kind === 'number') return numberAt(at, Number(node.value));
    if (node.kind === 'boolean') return booleanAt(at, node.value === true);
    const { expression, place } = this.parse(node);
    if (expression === undefined) return textAt(at, unescaped(String(node.value)));
    if (expression.kind === 'problem') {
      const reason = this.evaluation.reason(
        'error',
        'An expression',
        place.at(expression),
        faultIn(expression),
      );
      return unknownAt(at, reason);
    }
    const value = this.expressions.evaluate(expression, frame, place);
    // What was made here stands at the whole string, which is what a person edits.
    const isMadeHere = value.at.document === this.document && value.at.start === place.at(expression).start;
    return isMadeHere && value.at.end === place.at(expression).end ? { ...value, at } : value;
  }

  private parse(node: JsonScalar): ParsedString {
    let parsed = this.parsed.get(node);
    if (parsed === undefined) {
      const text = String(node.value);
      const expression = isExpression(text) ? parseExpression(text) : undefined;
      parsed = { expression, place: new ExpressionPlace(this.document, node) };
      this.parsed.set(node, parsed);
    }
    return parsed;
  }

  private list(node: JsonArray, frame: Frame): LocatedValue {
    return listAt(
      this.placeOf(node),
      node.items.map(item => this.evaluate(item, frame)),
    );
  }

  private object(node: JsonObject, frame: Frame): LocatedValue {
    const members: LocatedMember[] = [];
    let more: UnknownReason | undefined;
    for (const member of node.members) {
      const loops = loopsIn(member);
      if (loops !== undefined) members.push(...loops.map(loop => this.loopedMember(loop, frame)));
      else {
        const key = this.key(member, frame);
        if (key.kind === 'unknown') more ??= key.reason;
        else if (key.kind === 'string')
          members.push({ key: key.value, keyAt: key.at, value: this.evaluate(member.value, frame) });
      }
    }
    return objectAt(this.placeOf(node), members, more);
  }

  /** Names of properties may be expressions, too. */
  private key({ key, keyRange }: JsonMember, frame: Frame): LocatedValue {
    if (!isExpression(key)) return textAt(this.placeOf(keyRange), unescaped(key));
    return this.scalar({ kind: 'string', value: key, ...keyRange, parent: undefined, key: undefined }, frame);
  }

  /** `"copy": [{ "name", "count", "input" }]` makes a list under that name. */
  private loopedMember(loop: JsonObject, frame: Frame): LocatedMember {
    const name = this.text(loop.members.find(({ key }) => key.toLowerCase() === 'name')?.value, frame) ?? '';
    return { key: name, keyAt: this.placeOf(loop), value: this.looped(loop, frame) };
  }
}

interface ParsedString {
  /** Undefined where the string is no expression. */
  readonly expression: Expression | ExpressionProblem | undefined;
  readonly place: ExpressionPlace;
}

export interface Rounds {
  readonly frames: readonly Frame[];
  /** Why nobody knows how many there are. */
  readonly open: UnknownReason | undefined;
}

/** Azure's limit: https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#copy-limits */
const maxRounds = 800;

/** The loops of a `copy` that makes properties or variables; that of a resource is an object. */
export function loopsIn({ key, value }: JsonMember): readonly JsonObject[] | undefined {
  if (key.toLowerCase() !== 'copy' || value.kind !== 'array') return undefined;
  return value.items.filter(item => item.kind === 'object');
}

function faultIn({ message }: ExpressionProblem): string {
  return `cannot be read: ${message.charAt(0).toLowerCase()}${message.slice(1, message.endsWith('.') ? -1 : undefined)}`;
}
