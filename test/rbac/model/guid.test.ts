import { expect, test } from 'vitest';
import { guidOf } from '../../../src/rbac/model/guid.js';

const guid = '7f951dda-4ed3-4680-a7ca-43fe172d538d';

test.each([
  [guid, guid],
  ['7F951DDA-4ED3-4680-A7CA-43FE172D538D', guid],
  ['7f951dda4ed34680a7ca43fe172d538d', guid],
  ['7F951DDA4ED34680A7CA43FE172D538D', guid],
  ['7f951dda4ed34680a7ca43fe172d538', undefined],
  ['7f951dda-4ed34680a7ca43fe172d538d', undefined],
  ['{7f951dda-4ed3-4680-a7ca-43fe172d538d}', undefined],
  ['7f951dda4ed34680a7ca43fe172d538g', undefined],
  ['', undefined],
])('the GUID that %j is: %j', (text, expected) => {
  expect(guidOf(text)).toBe(expected);
});
