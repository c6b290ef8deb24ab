import { expect, test } from 'vitest';
import { type Attempt, askedDelay, delayBefore } from '../../../src/tenant/azure/retry-policy.js';

const now = Date.parse('2026-08-22T12:00:00Z');

function answer(
  status: number,
  headers: Readonly<Record<string, string | undefined>> = {},
): Attempt & { kind: 'answer' } {
  return { kind: 'answer', status, header: name => headers[name] };
}

test.each([
  { status: 400, isRetried: false },
  { status: 401, isRetried: false },
  { status: 403, isRetried: false },
  { status: 404, isRetried: false },
  { status: 408, isRetried: true },
  { status: 429, isRetried: true },
  { status: 500, isRetried: true },
  { status: 501, isRetried: false },
  { status: 502, isRetried: true },
  { status: 503, isRetried: true },
  { status: 504, isRetried: true },
  { status: 505, isRetried: false },
])('an answer $status without a word on when is asked for again: $isRetried', ({ status, isRetried }) => {
  expect(delayBefore(2, answer(status), { now, random: 0 }) !== undefined).toBe(isRetried);
});

test.each([
  { headers: { 'retry-after': '7' }, milliseconds: 7_000 },
  { headers: { 'retry-after': '1.5' }, milliseconds: 1_500 },
  { headers: { 'retry-after': 'Sat, 22 Aug 2026 12:00:09 GMT' }, milliseconds: 9_000 },
  { headers: { 'retry-after': 'Sat, 22 Aug 2026 11:00:00 GMT' }, milliseconds: 0 },
  { headers: { 'retry-after-ms': '120' }, milliseconds: 120 },
  { headers: { 'x-ms-retry-after-ms': '250', 'retry-after': '9' }, milliseconds: 250 },
  { headers: { 'retry-after': 'soon' }, milliseconds: undefined },
  { headers: {}, milliseconds: undefined },
])('$headers asks for $milliseconds ms', ({ headers, milliseconds }) => {
  expect(askedDelay(answer(429, headers), now)).toBe(milliseconds);
});

test('no less is waited than was asked for, and not the same by everybody', () => {
  const asked = answer(429, { 'retry-after': '7' });
  const delays = [0, 0.5, 1].map(random => delayBefore(2, asked, { now, random }));
  expect(delays).toEqual([7_000, 7_500, 8_000]);
});

test('without a word on when, each wait is twice as long as the one before, up to half a minute', () => {
  const broken: Attempt = { kind: 'broken' };
  const longest = [2, 3, 4, 5, 9, 12].map(next => delayBefore(next, broken, { now, random: 1 }));
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000]);
  expect(delayBefore(4, broken, { now, random: 0 })).toBe(1_000);
});
