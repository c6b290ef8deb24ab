import { expect, test } from 'vitest';
import { denied, explain, ids } from './explain-text.js';

const million = 1_000_000;
const scope = `/subscriptions/${ids.subscription}/resourceGroups/rg`;
const sentence = denied('Microsoft.Compute/disks/read', scope);

/** Of these alone something can be explained. */
const meant = new Set(['a code', 'a phrase', 'one sentence again and again']);

test.each([
  ['backslashes', '\\'.repeat(million)],
  ['blanks', ' '.repeat(million)],
  ['line feeds', '\n '.repeat(million / 2)],
  ['quotes', "'".repeat(million)],
  ['slashes', '/'.repeat(million)],
  ['the beginning of a token', 'eyJ'.repeat(million / 3)],
  ['the beginning of scopes', '/subscriptions/'.repeat(60_000)],
  ['the beginning of operations', 'Microsoft.Compute/'.repeat(50_000)],
  ['dots', 'a.'.repeat(million / 2)],
  ['a code', 'AuthorizationFailed '.repeat(50_000)],
  ['a phrase', 'does not have authorization to perform action '.repeat(20_000)],
  ['clients', "client '' with object id '".repeat(40_000)],
  ['words of refusal', 'denied '.repeat(140_000)],
  ['the first of several words', 'datastore endpoint identity kubernetes batch studio '.repeat(20_000)],
  ['colours', '\u001b['.repeat(million / 2)],
  ['log commands', `::error ${'x'.repeat(million)}`],
  ['one sentence again and again', `${sentence}\n`.repeat(5_000)],
  ['nested JSON', `${'[{"a":'.repeat(100_000)}`],
  ['lone surrogates', '\ud800'.repeat(million)],
])('a megabyte of %s is read', (what, text) => {
  const found = explain(text).explanations.map(({ error }) => error);
  expect(found).toEqual(meant.has(what) ? ['authorization-failed'] : []);
});

test('an error in the midst of a megabyte is found', () => {
  const noise = 'INFO: all is well\n'.repeat(30_000);
  expect(explain(`${noise}${sentence}\n${noise}`).explanations.map(({ error }) => error)).toEqual([
    'authorization-failed',
  ]);
});

test('thousands of different errors are cut, and it is said', () => {
  const text = Array.from({ length: 300 }, (_, i) =>
    denied('Microsoft.Compute/disks/read', `${scope}${i}`),
  ).join('\n');
  const { explanations, notices } = explain(text);
  expect(explanations).toHaveLength(100);
  expect(notices).toEqual([
    { code: 'too-many-errors', message: 'Only the first 100 errors of the text are explained.' },
  ]);
});

test.each(['__proto__/constructor/read', 'constructor.prototype/x/write', '../../etc/passwd'])(
  'an operation named %s',
  name => {
    expect(() => explain(denied(name, scope))).not.toThrow();
  },
);

test('what would break out of a command is not put into it', () => {
  const { explanations } = explain(denied('Microsoft.Compute/disks/read', `${scope}'; rm -rf ~; echo '`));
  for (const command of explanations.flatMap(({ assignments }) => assignments))
    expect(command).not.toContain('rm -rf');
});

test('an operation that is not in the catalog is said to be so', () => {
  const [explanation] = explain(denied('Microsoft.Future/things/read', scope)).explanations;
  expect(explanation?.missing).toEqual([
    { name: 'Microsoft.Future/things/read', inCatalog: false, plane: 'unknown' },
  ]);
  expect(explanation?.builtInRoles.roles.map(({ name }) => name)).toContain('Reader');
});
