import {
  locatedItems,
  locatedMembers,
  type LocatedMember,
  type LocatedObject,
  type LocatedValue,
} from '../../located-value.js';
import { listAt, nullAt, objectAt } from './code-values.js';
import { convert, keyOf } from './conversions.js';
import type { HclCall, HclExpression, HclObject } from './hcl-syntax.js';

/** Evaluates what stands as the default of an attribute in a type. */
export type EvaluateDefault = (expression: HclExpression) => LocatedValue;

/**
 * A value as a variable of that type gives it: with the defaults of optional attributes, and texts for numbers where
 * texts are asked for (https://developer.hashicorp.com/terraform/language/expressions/type-constraints). What does not
 * fit is left as it is: Terraform says so.
 */
export function conform(
  value: LocatedValue,
  type: HclExpression,
  evaluate: EvaluateDefault,
  depth = 0,
): LocatedValue {
  if (value.kind === 'unknown' || value.kind === 'null' || depth > deepest) return value;
  if (type.kind === 'variable') return conformPrimitive(value, type.name);
  if (type.kind !== 'call') return value;
  const [of] = type.args;
  const inner = (each: LocatedValue, innerType: HclExpression | undefined): LocatedValue =>
    innerType === undefined ? each : conform(each, innerType, evaluate, depth + 1);
  switch (type.name) {
    case 'list':
    case 'set':
      return conformList(value, type, each => inner(each, of));
    case 'map':
      return value.kind === 'object'
        ? withMembers(
            value,
            value.members.map(member => ({ ...member, value: inner(member.value, of) })),
          )
        : value;
    case 'object':
      return value.kind === 'object' && of?.kind === 'object'
        ? conformObject(value, of, { inner, evaluate })
        : value;
    default:
      return value;
  }
}

const deepest = 30;

function conformPrimitive(value: LocatedValue, name: string): LocatedValue {
  const isPrimitive = name === 'string' || name === 'number' || name === 'bool';
  return (isPrimitive ? convert(value, name) : undefined) ?? value;
}

function conformList(
  value: LocatedValue,
  { name }: HclCall,
  inner: (item: LocatedValue) => LocatedValue,
): LocatedValue {
  if (value.kind !== 'list') return value;
  const items = value.items.map(inner);
  const list = { ...listAt(items, value.at, value.more), via: value.via };
  if (name === 'list') return list;
  const seen = new Set<string>();
  const isFirst = (item: LocatedValue): boolean => {
    const key = keyOf(item);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  return { ...list, items: locatedItems({ ...list, via: [] }).filter(isFirst) };
}

function conformObject(
  value: LocatedObject,
  { items }: HclObject,
  tools: {
    readonly inner: (value: LocatedValue, type: HclExpression | undefined) => LocatedValue;
    readonly evaluate: EvaluateDefault;
  },
): LocatedValue {
  const members = items.flatMap(({ key, value: type }): LocatedMember[] => {
    const name = key.kind === 'variable' ? key.name : undefined;
    if (name === undefined) return [];
    const isOptional = type.kind === 'call' && type.name === 'optional';
    const [innerType, fallback] = isOptional ? type.args : [type];
    const written = value.members.find(member => member.key === name);
    if (written !== undefined && written.value.kind !== 'null') {
      return [{ ...written, value: tools.inner(written.value, innerType) }];
    }
    if (!isOptional || value.more !== undefined) return written === undefined ? [] : [written];
    const filled =
      fallback === undefined ? nullAt(value.at) : tools.inner(tools.evaluate(fallback), innerType);
    return [{ key: name, keyAt: filled.at, value: filled }];
  });
  return withMembers(value, members);
}

function withMembers(value: LocatedObject, members: readonly LocatedMember[]): LocatedValue {
  return {
    ...objectAt(locatedMembers({ ...value, members, via: [] }), value.at, value.more),
    via: value.via,
  };
}
