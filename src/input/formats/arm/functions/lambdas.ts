import { append } from '../../../../maps.js';
import {
  locatedItems,
  locatedMembers,
  type LocatedMember,
  type LocatedValue,
  type UnknownReason,
} from '../../../located-value.js';
import { firstUnknown, listAt, numberAt, objectAt } from '../values.js';
import { unknownOf, type Call } from './call.js';

/** A function of values that is an argument itself: `lambda('x', …)`, `x => …`. */
export type Lambda = (...args: readonly LocatedValue[]) => LocatedValue;

/** A call with lambdas behind its first argument; `args` are those that are none. */
export interface LambdaCall extends Call {
  readonly lambdas: readonly Lambda[];
}

/** Functions that take lambdas. Names are folded. */
export const lambdaFunctions: ReadonlyMap<string, (call: LambdaCall) => LocatedValue | undefined> = new Map<
  string,
  (call: LambdaCall) => LocatedValue | undefined
>([
  ['map', map],
  ['filter', filter],
  ['reduce', reduce],
  ['sort', sort],
  ['toobject', toObject],
  ['groupby', groupBy],
  ['mapvalues', mapValues],
]);

function map(call: LambdaCall): LocatedValue | undefined {
  return withItems(call, ({ items, more, lambda }) =>
    listAt(
      call.at,
      items.map((item, i) => lambda(item, numberAt(call.at, i))),
      more,
    ),
  );
}

function filter(call: LambdaCall): LocatedValue | undefined {
  return withItems(call, ({ items, more, lambda }) => {
    let open: UnknownReason | undefined = more;
    const kept = items.filter((item, i) => {
      const truth = lambda(item, numberAt(call.at, i));
      if (truth.kind === 'unknown') open ??= truth.reason;
      return truth.kind === 'boolean' && truth.value;
    });
    return listAt(call.at, kept, open);
  });
}

function reduce(call: LambdaCall): LocatedValue | undefined {
  const [, initial] = call.args;
  return withItems(call, ({ items, more, lambda }) => {
    if (more !== undefined) return unknownOf(call, more);
    return items.reduce<LocatedValue | undefined>(
      (before, item, i) => before && lambda(before, item, numberAt(call.at, i)),
      initial,
    );
  });
}

function sort(call: LambdaCall): LocatedValue | undefined {
  return withItems(call, ({ items, more, lambda }) => {
    let open: UnknownReason | undefined = more;
    const before = (one: LocatedValue, other: LocatedValue): boolean => {
      const truth = lambda(one, other);
      if (truth.kind === 'unknown') open ??= truth.reason;
      return truth.kind === 'boolean' && truth.value;
    };
    const sorted = items.toSorted((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
    return open === undefined ? listAt(call.at, sorted) : listAt(call.at, items, open);
  });
}

function toObject(call: LambdaCall): LocatedValue | undefined {
  const [, valueOf] = call.lambdas;
  return withItems(call, ({ items, more, lambda }) => {
    let open: UnknownReason | undefined = more;
    const members: LocatedMember[] = [];
    for (const item of items) {
      const key = lambda(item);
      if (key.kind === 'unknown') open ??= key.reason;
      else if (key.kind !== 'string') return undefined;
      else
        members.push({ key: key.value, keyAt: key.at, value: valueOf === undefined ? item : valueOf(item) });
    }
    return objectAt(call.at, members, open);
  });
}

function groupBy(call: LambdaCall): LocatedValue | undefined {
  return withItems(call, ({ items, more, lambda }) => {
    const groups = new Map<string, LocatedValue[]>();
    for (const item of items) {
      const key = lambda(item);
      if (key.kind === 'unknown') return unknownOf(call, key.reason);
      if (key.kind !== 'string') return undefined;
      append(groups, key.value, item);
    }
    const members = [...groups].map(([key, group]) => ({
      key,
      keyAt: call.at,
      value: listAt(call.at, group, more),
    }));
    return objectAt(call.at, members, more);
  });
}

function mapValues(call: LambdaCall): LocatedValue | undefined {
  const [object] = call.args;
  const [lambda] = call.lambdas;
  if (object?.kind === 'unknown') return unknownOf(call, object.reason);
  if (object?.kind !== 'object' || lambda === undefined) return undefined;
  const members = locatedMembers(object).map(member => ({ ...member, value: lambda(member.value) }));
  return objectAt(call.at, members, object.more);
}

interface Given {
  readonly items: readonly LocatedValue[];
  readonly more: UnknownReason | undefined;
  readonly lambda: Lambda;
}

function withItems(
  call: LambdaCall,
  make: (given: Given) => LocatedValue | undefined,
): LocatedValue | undefined {
  const [list] = call.args;
  const [lambda] = call.lambdas;
  if (list === undefined || lambda === undefined) return undefined;
  if (list.kind === 'unknown') return unknownOf(call, firstUnknown(list)!);
  if (list.kind !== 'list') return undefined;
  return make({ items: locatedItems(list), more: list.more, lambda });
}
