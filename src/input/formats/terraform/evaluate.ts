import {
  locatedItems,
  locatedMember,
  onTheWayOf,
  type LocatedMember,
  type LocatedValue,
  type UnknownReason,
  type UnknownValue,
} from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import type { TextRange } from '../../text-range.js';
import type { Budget } from './budget.js';
import { overspent } from './budget.js';
import { booleanAt, errorAt, listAt, nullAt, numberAt, objectAt, textAt, unknownAt } from './code-values.js';
import { asBoolean, asNumber, asText, entriesOf } from './conversions.js';
import type {
  HclAccess,
  HclCall,
  HclConditional,
  HclExpression,
  HclFor,
  HclObject,
  HclStep,
  HclTemplatePart,
} from './hcl-syntax.js';
import { applyBinary, applyUnary } from './operators.js';
import { loopName, withNames, type PathStep, type Scope } from './scope.js';
import { TemplateText } from './template-text.js';

/** What a function makes of its arguments. */
export type Functions = (call: FunctionCall) => LocatedValue;

/** A call of a function whose arguments are evaluated. */
export interface FunctionCall {
  readonly name: string;
  readonly args: readonly LocatedValue[];
  /** Why there may be more arguments than these. */
  readonly more: UnknownReason | undefined;
  readonly at: DocumentRange;
  readonly scope: Scope;
}

/** Says what expressions come to, as far as it can be known before anything is deployed. Never throws. */
export class Evaluator {
  constructor(
    private readonly budget: Budget,
    private readonly functions: Functions,
  ) {}

  evaluate(node: HclExpression, scope: Scope): LocatedValue {
    return this.budget.spend(
      () => this.valueOf(node, scope),
      () => placeOf(node, scope),
    );
  }

  /** A template as a text, such as that of a file. */
  text(parts: readonly HclTemplatePart[], range: TextRange, scope: Scope): LocatedValue {
    const text = new TemplateText();
    this.addParts(parts, scope, text);
    return text.value(placeOf(range, scope));
  }

  private valueOf(node: HclExpression, scope: Scope): LocatedValue {
    const at = placeOf(node, scope);
    switch (node.kind) {
      case 'literal':
        return literalAt(node.value, at);
      case 'template':
        return this.text(node.parts, node, scope);
      case 'interpolation': {
        const value = this.evaluate(node.value, scope);
        return value;
      }
      case 'parentheses':
        return this.evaluate(node.value, scope);
      case 'variable':
        return this.named(node.name, [], at, scope).value;
      case 'access':
        return this.access(node, scope);
      case 'call':
        return this.call(node, scope);
      case 'unary':
        return applyUnary(node.operator, this.evaluate(node.operand, scope), at);
      case 'binary':
        return applyBinary(
          node.operator,
          [this.evaluate(node.left, scope), this.evaluate(node.right, scope)],
          at,
        );
      case 'conditional':
        return this.conditional(node, scope);
      case 'tuple':
        return listAt(
          node.items.map(item => this.evaluate(item, scope)),
          at,
        );
      case 'object':
        return this.object(node, scope);
      case 'for':
        return this.forEach(node, scope);
      case 'invalid':
        return errorAt('The expression', 'cannot be read', at);
    }
  }

  private named(
    name: string,
    path: readonly PathStep[],
    at: DocumentRange,
    scope: Scope,
  ): { readonly value: LocatedValue; readonly taken: number } {
    const local = loopName(scope, name);
    if (local !== undefined) return { value: local, taken: 0 };
    return (
      scope.names.find(name, path, at) ?? {
        value: errorAt(name, 'is no name that is known here', at),
        taken: 0,
      }
    );
  }

  private access(node: HclAccess, scope: Scope): LocatedValue {
    const { source, steps } = node;
    if (source.kind !== 'variable') return this.follow(this.evaluate(source, scope), steps, scope);
    const path = this.pathOf(steps, scope);
    const at = placeOf({ start: source.start, end: (steps[path.length - 1] ?? source).end }, scope);
    const { value, taken } = this.named(source.name, path, at, scope);
    return this.follow(value, steps.slice(taken), scope);
  }

  /** The steps up to the first splat, or the first index that is unknown. */
  private pathOf(steps: readonly HclStep[], scope: Scope): PathStep[] {
    const path: PathStep[] = [];
    for (const step of steps.slice(0, longestName)) {
      if (step.kind === 'attribute') path.push({ name: step.name });
      else if (step.kind === 'legacy-index') path.push({ index: numberAt(step.index, placeOf(step, scope)) });
      else if (step.kind === 'index') path.push({ index: this.evaluate(step.key, scope) });
      else break;
    }
    return path;
  }

  private follow(source: LocatedValue, steps: readonly HclStep[], scope: Scope): LocatedValue {
    let value = source;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]!;
      const at = placeOf(step, scope);
      if (!this.budget.take()) return overspent(at);
      if (step.kind !== 'splat') {
        value = this.step(value, step, scope);
        continue;
      }
      const rest = steps.slice(index + 1);
      const firstBracket = rest.findIndex(({ kind }) => kind === 'index' || kind === 'splat');
      const length = step.reach === 'full' || firstBracket < 0 ? rest.length : firstBracket;
      value = this.splat(value, rest.slice(0, length), { at, scope });
      index += length;
    }
    return value;
  }

  private step(value: LocatedValue, step: Exclude<HclStep, { kind: 'splat' }>, scope: Scope): LocatedValue {
    const at = placeOf(step, scope);
    const key =
      step.kind === 'attribute'
        ? textAt(step.name, at)
        : step.kind === 'legacy-index'
          ? numberAt(step.index, at)
          : this.evaluate(step.key, scope);
    return elementOf(value, key, at);
  }

  /** A value that is no list counts as a list of one, and null as one of none. */
  private splat(
    value: LocatedValue,
    steps: readonly HclStep[],
    { at, scope }: { readonly at: DocumentRange; readonly scope: Scope },
  ): LocatedValue {
    if (value.kind === 'unknown') return unknownAt(value.reason, at);
    if (value.kind === 'null') return listAt([], at);
    const items = value.kind === 'list' ? locatedItems(value) : [value];
    const each = (item: LocatedValue): LocatedValue =>
      this.budget.spend(
        () => this.follow(item, steps, scope),
        () => at,
      );
    return listAt(items.map(each), at, value.kind === 'list' ? value.more : undefined);
  }

  private call(node: HclCall, scope: Scope): LocatedValue {
    const at = placeOf(node, scope);
    const { name } = node;
    if (name === 'try' || name === 'can') return this.attempt(node, scope, at);
    const args = node.args.map(arg => this.evaluate(arg, scope));
    const last = node.expandsLast ? args.pop() : undefined;
    const callWith = (all: readonly LocatedValue[], more: UnknownReason | undefined): LocatedValue =>
      this.paid(this.functions({ name, args: all, more, at, scope }), all);
    if (last === undefined) return callWith(args, undefined);
    if (last.kind === 'unknown') return callWith(args, last.reason);
    if (last.kind !== 'list')
      return errorAt(`${name}()`, 'is given something else than a list with "..."', at);
    return callWith([...args, ...locatedItems(last)], last.more);
  }

  /** A result takes as many steps as what it was made of, and what it is made of, are long. */
  private paid(result: LocatedValue, args: readonly LocatedValue[]): LocatedValue {
    const steps = [...args, result].reduce((all, value) => all + lengthOf(value), 0);
    return this.budget.take(steps) ? result : overspent(result.at);
  }

  /** The first argument that is no error. One that is unknown may become one: then nobody knows which it is. */
  private attempt({ name, args }: HclCall, scope: Scope, at: DocumentRange): LocatedValue {
    for (const arg of args) {
      const value = this.evaluate(arg, scope);
      if (value.kind === 'unknown' && value.reason.kind === 'error') continue;
      if (name === 'try') return value;
      return value.kind === 'unknown' ? unknownAt(value.reason, at) : booleanAt(true, at);
    }
    return name === 'can' ? booleanAt(false, at) : errorAt('try()', 'has no argument that is no error', at);
  }

  private conditional(node: HclConditional, scope: Scope): LocatedValue {
    const at = placeOf(node, scope);
    const condition = this.evaluate(node.condition, scope);
    if (condition.kind === 'unknown') return unknownAt(condition.reason, at);
    const isTrue = asBoolean(condition);
    if (isTrue === undefined) return errorAt('The condition', 'is neither true nor false', at);
    return this.evaluate(isTrue ? node.then : node.otherwise, scope);
  }

  private object({ items, ...range }: HclObject, scope: Scope): LocatedValue {
    const members: LocatedMember[] = [];
    let more: UnknownReason | undefined;
    for (const { key, value } of items) {
      const keyAt = placeOf(key, scope);
      const keyValue = key.kind === 'variable' ? textAt(key.name, keyAt) : this.evaluate(key, scope);
      const text = asText(keyValue);
      if (text !== undefined) members.push({ key: text, keyAt, value: this.evaluate(value, scope) });
      else more ??= reasonFor(keyValue, 'The key', 'is no text');
    }
    return objectAt(members, placeOf(range, scope), more);
  }

  private forEach(node: HclFor, scope: Scope): LocatedValue {
    const at = placeOf(node, scope);
    const collection = this.evaluate(node.collection, scope);
    if (collection.kind === 'unknown') return unknownAt(collection.reason, at);
    if (collection.kind !== 'list' && collection.kind !== 'object') {
      return errorAt('"for"', 'goes through what is no list and no map', at);
    }
    const rounds = new Rounds(node, at, collection.more);
    for (const [key, value] of entriesOf(collection)) {
      if (!this.budget.take()) return overspent(at);
      const names = new Map([[node.valueName, value]]);
      if (node.keyName !== undefined) names.set(node.keyName, key);
      this.round(node, withNames(scope, names), rounds);
    }
    return rounds.value();
  }

  private round(node: HclFor, scope: Scope, rounds: Rounds): void {
    if (node.condition !== undefined) {
      const condition = this.evaluate(node.condition, scope);
      const isTrue = asBoolean(condition);
      if (isTrue === undefined)
        return rounds.addUnknown(reasonFor(condition, 'The condition', 'is neither true nor false'));
      if (!isTrue) return;
    }
    if (node.key === undefined) return rounds.addItem(this.evaluate(node.value, scope));
    const key = this.evaluate(node.key, scope);
    const text = asText(key);
    if (text === undefined) return rounds.addUnknown(reasonFor(key, 'The key', 'is no text'));
    rounds.addMember({ key: text, keyAt: placeOf(node.key, scope), value: this.evaluate(node.value, scope) });
  }

  private addParts(parts: readonly HclTemplatePart[], scope: Scope, text: TemplateText): void {
    for (const part of parts) {
      if (!this.budget.take()) return text.add(overspent(placeOf(part, scope)));
      if (part.kind === 'template-if') this.addIf(part, scope, text);
      else if (part.kind === 'template-for') this.addFor(part, scope, text);
      else text.add(this.evaluate(part, scope));
    }
  }

  private addIf(
    part: Extract<HclTemplatePart, { kind: 'template-if' }>,
    scope: Scope,
    text: TemplateText,
  ): void {
    const condition = this.evaluate(part.condition, scope);
    const isTrue = asBoolean(condition);
    if (isTrue === undefined) {
      const reason = reasonFor(condition, 'The condition', 'is neither true nor false');
      text.add(unknownAt(reason, placeOf(part, scope)));
    } else this.addParts(isTrue ? part.then : part.otherwise, scope, text);
  }

  private addFor(
    part: Extract<HclTemplatePart, { kind: 'template-for' }>,
    scope: Scope,
    text: TemplateText,
  ): void {
    const collection = this.evaluate(part.collection, scope);
    const more = collection.kind === 'list' || collection.kind === 'object' ? collection.more : undefined;
    if (collection.kind === 'unknown' || more !== undefined) {
      const reason = more ?? reasonFor(collection, 'The list', 'is none');
      return text.add(unknownAt(reason, placeOf(part, scope)));
    }
    for (const [key, value] of entriesOf(collection)) {
      const names = new Map([[part.valueName, value]]);
      if (part.keyName !== undefined) names.set(part.keyName, key);
      this.addParts(part.parts, withNames(scope, names), text);
    }
  }
}

/** Names take a few steps; what goes on for longer is followed one by one. */
const longestName = 20;

/** What the rounds of a `for` have made. */
class Rounds {
  private readonly items: LocatedValue[] = [];
  private readonly members: LocatedMember[] = [];
  private readonly groups = new Map<string, { keyAt: DocumentRange; values: LocatedValue[] }>();

  constructor(
    private readonly node: HclFor,
    private readonly at: DocumentRange,
    private more: UnknownReason | undefined,
  ) {}

  addItem(value: LocatedValue): void {
    this.items.push(value);
  }

  addMember(member: LocatedMember): void {
    if (!this.node.groups) return void this.members.push(member);
    const group = this.groups.get(member.key);
    if (group === undefined) this.groups.set(member.key, { keyAt: member.keyAt, values: [member.value] });
    else group.values.push(member.value);
  }

  /** A round whose outcome nobody knows. */
  addUnknown(reason: UnknownReason): void {
    this.more ??= reason;
  }

  value(): LocatedValue {
    if (this.node.key === undefined) return listAt(this.items, this.at, this.more);
    const grouped = [...this.groups].map(([key, { keyAt, values }]) => ({
      key,
      keyAt,
      value: listAt(values, this.at, this.more),
    }));
    return objectAt(this.node.groups ? grouped : this.members, this.at, this.more);
  }
}

function lengthOf(value: LocatedValue): number {
  if (value.kind === 'list') return value.items.length;
  if (value.kind === 'object') return value.members.length;
  return value.kind === 'string' ? value.value.length >> 4 : 0;
}

function placeOf({ start, end }: TextRange, { document }: Scope): DocumentRange {
  return { document, start, end };
}

function literalAt(value: string | number | boolean | null, at: DocumentRange): LocatedValue {
  if (value === null) return nullAt(at);
  if (typeof value === 'string') return textAt(value, at);
  return typeof value === 'number' ? numberAt(value, at) : booleanAt(value, at);
}

/** Why a value is unknown; where it is known and of no use, what is wrong with it. */
function reasonFor(value: LocatedValue, name: string, detail: string): UnknownReason {
  return value.kind === 'unknown' ? value.reason : { kind: 'error', name, detail, at: value.at };
}

/** What a resource will say of itself is named by the way to it. */
function unknownPart(
  { reason, identity, resource }: Pick<UnknownValue, 'reason' | 'identity' | 'resource'>,
  key: LocatedValue,
  at: DocumentRange,
): LocatedValue {
  const isKnown = identity !== undefined && (key.kind === 'string' || key.kind === 'number');
  return {
    ...unknownAt(reason, at),
    ...(isKnown && { identity: `${identity}.${String(key.value)}`, resource }),
  };
}

/** What stands in a list or an object under an index or a name. */
export function elementOf(value: LocatedValue, key: LocatedValue, at: DocumentRange): LocatedValue {
  if (value.kind === 'unknown') return unknownPart(value, key, at);
  if (key.kind === 'unknown') return unknownAt(key.reason, at);
  if (value.kind === 'object') {
    const name = asText(key);
    const found = name === undefined ? undefined : locatedMember(value, name)?.value;
    if (found !== undefined) return found;
    if (value.more !== undefined) return unknownPart({ ...value.more, reason: value.more }, key, at);
    return errorAt(`"${shortened(name ?? '')}"`, 'is not in the object', at);
  }
  if (value.kind !== 'list') return errorAt('An index', 'is applied to what has none', at);
  if (value.more !== undefined) return unknownAt(value.more, at);
  const index = asNumber(key);
  const item = index === undefined ? undefined : value.items[index];
  return item === undefined ? errorAt('An index', 'is not in the list', at) : onTheWayOf(value, item);
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
