import { expect, test } from 'vitest';
import {
  locatedItems,
  locatedMember,
  through,
  unknownsIn,
  type LocatedList,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../src/input/located-value.js';
import { readJson } from '../../src/input/json.js';
import type { OriginStep } from '../../src/input/source-document.js';

const document = readJson('', 'roles.tf');
const at = { document, start: 0, end: 0 };
const reader: LocatedValue = { kind: 'string', value: '*/read', at, via: [] };
const variable: UnknownReason = { kind: 'input', name: 'var.actions', at };
const data: UnknownReason = { kind: 'deployment', name: 'data.azurerm_subscription.current', at };

function step(name: string): OriginStep {
  return { kind: 'local', name, at };
}

function list(items: readonly LocatedValue[], more?: UnknownReason): LocatedList {
  return { kind: 'list', items, more, at, via: [] };
}

test('what is in a list comes the way of the list, behind its own', () => {
  const inner = through(reader, step('local.read'));
  const outer = through(through(list([inner]), step('local.actions')), step('var.actions'));
  expect(locatedItems(outer)[0]?.via.map(({ name }) => name)).toEqual([
    'local.read',
    'local.actions',
    'var.actions',
  ]);
  expect(inner.via).toHaveLength(1);
});

test('what is in an object comes the way of the object', () => {
  const object: LocatedObject = {
    kind: 'object',
    members: [{ key: 'actions', keyAt: at, value: list([reader]) }],
    more: undefined,
    at,
    via: [step('each.value')],
  };
  expect(locatedMember(object, 'actions')?.value.via).toEqual([step('each.value')]);
  expect(locatedMember(object, 'Actions')).toBeUndefined();
});

test('a way of thousands of steps is kept short', () => {
  let value: LocatedValue = reader;
  for (let i = 0; i < 1_000; i++) value = through(value, step(`local.a${i}`));
  expect(value.via.map(({ name }) => name).slice(0, 2)).toEqual(['local.a0', 'local.a1']);
  expect(value.via).toHaveLength(20);
});

test('the causes of what is unknown are found wherever they are, each once', () => {
  const partly: LocatedValue = {
    kind: 'unknown',
    reason: data,
    parts: ['/subscriptions/', data, '/resourceGroups/', variable],
    at,
    via: [],
  };
  expect(unknownsIn(list([reader, partly, list([partly], variable)]))).toEqual([data, variable]);
  expect(unknownsIn(list([reader]))).toEqual([]);
});
