import type {
  ConditionComparison,
  ConditionExpression,
  Value,
} from '../../../src/rbac/conditions/expression.js';

/** All that there is to know: values by path, null for absent ones. */
export interface World {
  readonly action: string;
  readonly subOperation: string | null;
  readonly attributes: ReadonlyMap<string, readonly string[] | null>;
}

/** Two-valued, slow and plain. Several values without a quantifier have no meaning: `oddly` says what they come to. */
export function holds(expression: ConditionExpression, world: World, oddly: () => boolean): boolean {
  const of = (inner: ConditionExpression): boolean => holds(inner, world, oddly);
  switch (expression.kind) {
    case 'and':
      return expression.operands.map(of).every(Boolean);
    case 'or':
      return expression.operands.map(of).some(Boolean);
    case 'not':
      return !of(expression.operand);
    case 'action-matches':
      return expression.patterns.some(({ value }) => glob(value, 'i').test(world.action));
    case 'sub-operation-matches':
      return expression.patterns.some(({ value }) => glob(value, 'i').test(world.subOperation ?? ''));
    case 'exists':
      return world.attributes.get(expression.attribute.path) !== null;
    case 'not-exists':
      return world.attributes.get(expression.attribute.path) === null;
    case 'comparison':
      return compares(expression, world, oddly);
    case 'unreadable':
      throw new Error('no reference for what cannot be read');
  }
}

function compares(
  { left, operator, right }: ConditionComparison,
  world: World,
  oddly: () => boolean,
): boolean {
  const [lefts, rights] = [valuesOf(left, world), valuesOf(right, world)];
  if (lefts === null || rights === null) return false;
  const pair = (l: string, r: string): boolean => pairHolds(operator.name, l, r);
  if (operator.quantifier === undefined)
    return lefts.length === 1 && rights.length === 1 ? pair(lefts[0]!, rights[0]!) : oddly();
  const [, onLeft, onRight] = /^For(Any|All)Of(Any|All)Values$/.exec(operator.quantifier)!;
  const inRights = (l: string): boolean =>
    onRight === 'Any' ? rights.some(r => pair(l, r)) : rights.every(r => pair(l, r));
  return onLeft === 'Any' ? lefts.some(inRights) : lefts.every(inRights);
}

function valuesOf(value: Value, world: World): readonly string[] | null {
  if (value.kind === 'attribute') return world.attributes.get(value.path)!;
  if (value.kind === 'set') return value.items.flatMap(item => valuesOf(item, world) ?? []);
  if (value.kind === 'string' || value.kind === 'guid') return [value.value];
  if (value.kind === 'number') return [value.text];
  throw new Error(`no reference for ${value.kind}`);
}

function pairHolds(name: string, left: string, right: string): boolean {
  if (name.includes('Not')) return !pairHolds(name.replace('Not', ''), left, right);
  if (name.endsWith('IgnoreCase'))
    return pairHolds(name.slice(0, -'IgnoreCase'.length), left.toUpperCase(), right.toUpperCase());
  if (name.startsWith('Guid')) return left.toUpperCase() === right.toUpperCase();
  switch (name.replace(/^(?:String|Numeric)/, '')) {
    case 'Equals':
      return left === right;
    case 'StartsWith':
      return left.slice(0, right.length) === right;
    case 'Like':
      return glob(right, '').test(left);
    case 'GreaterThan':
      return Number(left) > Number(right);
    case 'GreaterThanEquals':
      return Number(left) >= Number(right);
    case 'LessThan':
      return Number(left) < Number(right);
    case 'LessThanEquals':
      return Number(left) <= Number(right);
    default:
      throw new Error(`no reference for ${name}`);
  }
}

function glob(pattern: string, flags: '' | 'i'): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}
