import { through, type LocatedValue } from '../../../located-value.js';
import type { OriginStep } from '../../../source-document.js';
import { areEqual, booleanAt, nullAt, unknownAt } from '../values.js';
import { refused, type Call } from './call.js';

/** An argument that is evaluated where it is needed. */
export type Later = () => LocatedValue;

type Form = Omit<Call, 'args'>;

/** `if(condition, yes, no)`: what is not chosen is not evaluated, as in Azure. */
export function choose(form: Form, condition: LocatedValue, yes: Later, no: Later): LocatedValue {
  if (condition.kind === 'boolean') return condition.value ? yes() : no();
  if (condition.kind !== 'unknown') return refused({ ...form, args: [condition] });
  const either = yes();
  return areEqual(either, no()) === true ? either : unknownAt(form.at, condition.reason);
}

/** `and` ends with the first that is false, `or` with the first that is true. */
export function connect(form: Form, end: boolean, args: readonly Later[]): LocatedValue {
  let unknown: LocatedValue | undefined;
  for (const arg of args) {
    const truth = arg();
    if (truth.kind === 'unknown') unknown ??= unknownAt(form.at, truth.reason);
    else if (truth.kind !== 'boolean') return refused({ ...form, args: [truth] });
    else if (truth.value === end) return booleanAt(form.at, end);
  }
  return unknown ?? booleanAt(form.at, !end);
}

/** The first that is not null, with the ways of those that are. */
export function coalesce({ at }: Form, args: readonly Later[]): LocatedValue {
  const passedOver: OriginStep[] = [];
  for (const arg of args) {
    const value = arg();
    if (value.kind !== 'null') return passedOver.reduce(through, value);
    passedOver.push(...value.via);
  }
  return passedOver.reduce(through, nullAt(at));
}
