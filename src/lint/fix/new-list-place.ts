import type { JsonMember, JsonObject } from '../../input/json-node.js';

/** Where a list that is not there yet is to stand, so that the lists keep the order in which Azure prints them. */
export interface NewListPlace {
  readonly side: 'behind' | 'in front of';
  readonly neighbour: JsonMember;
  readonly offset: number;
}

/** Undefined in an object without lists. */
export function placeOfNewList(object: JsonObject, name: string): NewListPlace | undefined {
  const lists = object.members.filter(({ key }) => rankOfList(key) >= 0);
  const before = lists.findLast(({ key }) => rankOfList(key) < rankOfList(name));
  if (before !== undefined) return { side: 'behind', neighbour: before, offset: before.value.end };
  const [first] = lists;
  return first && { side: 'in front of', neighbour: first, offset: first.keyRange.start };
}

/** The place of a list among the four of a permission; -1 for what is none. */
export function rankOfList(name: string): number {
  return order.indexOf(name.toLowerCase());
}

const order = ['actions', 'notactions', 'dataactions', 'notdataactions'];
