import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readSnapshot } from '../../../src/tenant/snapshot/read-snapshot.js';
import type { Snapshot } from '../../../src/tenant/snapshot/snapshot.js';
import { projectWith } from '../../commands/project.js';
import { assignmentRow, custom, group, header, principal } from './tenant-rows.js';

/** Lines are objects, or text as it stands. */
function read(...lines: readonly (object | string)[]): Promise<Snapshot> {
  return readBytes(gzipSync(lines.map(asText).join('\n')));
}

function readBytes(bytes: Buffer): Promise<Snapshot> {
  return readSnapshot('s.ndjson.gz', projectWith({ 's.ndjson.gz': bytes }));
}

function asText(line: object | string): string {
  return typeof line === 'string' ? line : JSON.stringify(line);
}

const one = { kind: 'roleAssignments', value: assignmentRow(1) };
const end = { kind: 'end', counts: { roleAssignments: 1 } };

test('a snapshot that is whole has nothing to say', async () => {
  const { roleAssignments, isComplete, notices } = await read(header, one, end);
  expect([roleAssignments.length, isComplete, notices]).toEqual([1, true, []]);
});

test('a file that was cut in the middle gives what is left, and says so', async () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => ({
    kind: 'roleAssignments',
    value: assignmentRow(at),
  }));
  const bytes = gzipSync([header, ...rows, end].map(asText).join('\n'));
  const { roleAssignments, isComplete, notices } = await readBytes(bytes.subarray(0, bytes.length / 2));
  expect(roleAssignments.length).toBeGreaterThan(1_000);
  expect(isComplete).toBe(false);
  expect(notices).toEqual([
    {
      code: 'snapshot-truncated',
      message: 'Its end is missing: the snapshot is not complete, and what it lacks was not looked at.',
      file: 's.ndjson.gz',
    },
  ]);
});

test('a damaged byte is an error', async () => {
  const bytes = gzipSync([header, one, end].map(asText).join('\n'));
  bytes[bytes.length - 6]! ^= 1;
  await expect(readBytes(bytes)).rejects.toThrow('"s.ndjson.gz" cannot be unpacked: incorrect data check.');
});

test.each([
  [[header, one], 'Its end is missing'],
  [[header, one, { kind: 'end' }], 'Its end does not say how many rows it should hold'],
  [
    [header, one, { kind: 'end', counts: { roleAssignments: 2 } }],
    'It should hold 2 roleAssignments and holds 1',
  ],
  [
    [header, one, { kind: 'end', counts: { roleAssignment: 0 } }],
    'It should hold 0 roleAssignments and holds 1',
  ],
  [[header, one, { kind: 'end', counts: {} }], 'It should hold 0 roleAssignments and holds 1'],
  [
    [header, one, { kind: 'end', counts: { roleAssignments: [1] } }],
    'It should hold no number of roleAssignments and holds 1',
  ],
  [
    [header, one, '{"kind":"end","counts":{"roleAssignments":1,"__proto__":3}}'],
    'It should hold 3 __proto__ and holds 0',
  ],
  [[header, one, '{"kind":"end","counts"'], 'Its end is missing'],
])('counts that do not match: %#', async (lines, what) => {
  const { isComplete, notices } = await read(...lines);
  expect(isComplete).toBe(false);
  expect(notices).toMatchObject([{ code: 'snapshot-truncated' }]);
  expect(notices[0]?.message).toContain(`${what}: the snapshot is not complete`);
});

test('rows behind the end are not read, and counted', async () => {
  const { roleAssignments, isComplete, notices } = await read(header, one, end, one, 'nonsense', '');
  expect([roleAssignments.length, isComplete]).toEqual([1, false]);
  expect(notices).toEqual([
    {
      code: 'snapshot-rows-after-end',
      message: 'Nothing was read of 2 lines behind the end of the snapshot.',
      file: 's.ndjson.gz',
    },
  ]);
});

test.each([
  [[header, header, one, end], '"s.ndjson.gz" holds two snapshots: another one begins in line 2.'],
  [[header, one, end, header, one, end], '"s.ndjson.gz" holds two snapshots: another one begins in line 4.'],
  [[{ ...header, version: 2 }], '"s.ndjson.gz" is a snapshot of version 2; this azrbac reads version 1.'],
  [[{ ...header, version: [[]] }], '"s.ndjson.gz" is a snapshot of version that is not a number;'],
  [[{ ...header, kind: 'azrbac-plan' }], '"s.ndjson.gz" is neither a snapshot nor a list'],
  [[one, end], '"s.ndjson.gz" is neither a snapshot nor a list'],
  [['<html>'], '"s.ndjson.gz" is neither a snapshot nor a list'],
  [[`${'[1,'.repeat(3)}`], '"s.ndjson.gz" is neither a snapshot nor a list'],
  [[''], '"s.ndjson.gz" is empty.'],
  [['\ufeff ', '\t'], '"s.ndjson.gz" is empty.'],
  [
    [{ ...header, roleAssignments: [assignmentRow(1)] }],
    '"s.ndjson.gz" holds its roleAssignments in the first line; NDJSON has a line for each row.',
  ],
])('is refused: %#', async (lines, message) => {
  await expect(read(...lines)).rejects.toThrow(message);
});

test('two packed snapshots one after the other are refused', async () => {
  const bytes = gzipSync(`${[header, one, end].map(asText).join('\n')}\n`);
  await expect(readBytes(Buffer.concat([bytes, bytes]))).rejects.toThrow('holds two snapshots');
});

test('snapshots of two tenants in one folder are refused', async () => {
  const folder = projectWith({
    'a.json': { ...header, tenantId: principal(1) },
    'b.json': { ...header, tenantId: principal(2) },
  });
  await expect(readSnapshot('.', folder)).rejects.toThrow('"./b.json" is of another tenant');
});

test.each([
  ['nonsense', 'it is not JSON'],
  ['{"kind":"roleAssignments","value":"\u0000"}', 'it is not JSON'],
  [']', 'it is not JSON'],
  ['[1]', 'it is not an object'],
  ['null', 'it is not an object'],
  ['{"kind":"constructor","value":{}}', 'its kind is none that a snapshot has'],
  ['{"value":{}}', 'its kind is none that a snapshot has'],
  [
    `{"kind":"other","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'its kind is none that a snapshot has',
  ],
])('a line that is no row is skipped: %#', async (line, reason) => {
  const { roleAssignments, isComplete, notices } = await read(header, line, one, end);
  expect([roleAssignments.length, isComplete]).toEqual([1, false]);
  const message = `Line 2 of the snapshot was skipped: ${reason}.`;
  expect(notices).toEqual([{ code: 'snapshot-entry-unknown', message, file: 's.ndjson.gz' }]);
});

test('a million bad lines are ten notices and their number', async () => {
  const { notices } = await read(header, ...Array<string>(1_000).fill('x'), one, end);
  expect(notices).toHaveLength(11);
  expect(notices.at(-1)?.message).toBe('990 more lines of the snapshot were skipped.');
});

test('what nests 100,000 deep is a row like others', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const role = `{"name":"${custom}","permissions":${deep},"properties":${deep}}`;
  const rows = [`{"kind":"roleAssignments","value":${deep}}`, `{"kind":"roleDefinitions","value":${role}}`];
  const { roleDefinitions, notices } = await read(header, ...rows, rows[1]!, one, {
    kind: 'end',
    counts: { roleAssignments: 2, roleDefinitions: 2 },
  });
  expect(roleDefinitions.find(custom)?.permissions).toEqual([]);
  expect(notices.map(({ code }) => code)).toEqual(['snapshot-row-skipped', 'snapshot-contradiction']);
});

test('keys that objects inherit are read as what they are', async () => {
  const value = `{"__proto__":{"principalId":"${principal(1)}"},"constructor":{"scope":"/"},"id":"x"}`;
  const { roleAssignments, notices } = await read(header, `{"kind":"roleAssignments","value":${value}}`, end);
  expect(roleAssignments).toEqual([]);
  expect(notices.map(({ message }) => message)).toEqual([
    'line 2 of the snapshot was skipped: its principalId is not a GUID.',
  ]);
});

test('NUL bytes and halves of characters stay what they are', async () => {
  const rows = [
    { kind: 'principals', value: { id: principal(1), type: 'User', displayName: 'a\u0000\ud800b' } },
    { kind: 'roleAssignments', value: assignmentRow(1, { scope: '/subscriptions/\u0000' }) },
    { kind: 'roleAssignments', value: assignmentRow(2, { scope: '/subscriptions/\udc00' }) },
  ];
  const found = await read(header, ...rows, { kind: 'end', counts: { principals: 1, roleAssignments: 2 } });
  expect(found.principals.get(principal(1))?.displayName).toBe('a\u0000\ud800b');
  expect(found.roleAssignments).toEqual([]);
  expect(found.notices.map(({ code }) => code)).toEqual(['snapshot-row-skipped', 'snapshot-row-skipped']);
});

test('a line of 100 MB is an error that names it', async () => {
  const bytes = gzipSync(Buffer.concat([Buffer.from(`${asText(header)}\n`), Buffer.alloc(100_000_000, 'x')]));
  await expect(readBytes(bytes)).rejects.toThrow('"s.ndjson.gz" has a line of more than 64 MiB: line 2.');
});

test('lines may end in CR LF, and the file begin with a byte order mark', async () => {
  const text = `\ufeff${[header, '', one, end].map(asText).join('\r\n')}\r\n`;
  const found = await readSnapshot('s.ndjson', projectWith({ 's.ndjson': text }));
  expect([found.roleAssignments.length, found.notices]).toEqual([1, []]);
});

test('the same id counts once, with other content twice, and never more', async () => {
  const same = assignmentRow(1);
  const other = assignmentRow(1, { principalId: group(1) });
  const sameName = { ...assignmentRow(2), name: same.name };
  const rows = [same, same, other, other, same, sameName, sameName];
  const { roleAssignments, notices } = await read(
    header,
    ...rows.map(value => ({ kind: 'roleAssignments', value })),
    { kind: 'end', counts: { roleAssignments: 7 } },
  );
  expect(roleAssignments.map(({ principalId }) => principalId)).toEqual([
    principal(1),
    group(1),
    principal(2),
  ]);
  expect(notices).toEqual([
    {
      code: 'snapshot-contradiction',
      message: `The role assignment "${same.id.toLowerCase()}" stands in the snapshot twice, and differently.`,
      file: 's.ndjson.gz',
    },
  ]);
});

test('100,000 assignments of one id are read, and ten of them told', async () => {
  const lines = Array.from({ length: 100_000 }, (_, at) => {
    const value = { ...assignmentRow(1, { principalId: principal(at) }) };
    return { kind: 'roleAssignments', value };
  });
  const found = await read(header, ...lines, { kind: 'end', counts: { roleAssignments: 100_000 } });
  expect(found.roleAssignments).toHaveLength(100_000);
  expect(found.notices).toHaveLength(11);
});

test('a list of a JSON snapshot that is misspelt is noticed', async () => {
  const folder = projectWith({ 's.json': { ...header, roleAssignment: [assignmentRow(1)] } });
  const { isComplete, notices } = await readSnapshot('s.json', folder);
  expect(isComplete).toBe(false);
  expect(notices.map(({ code, message }) => [code, message])).toEqual([
    ['snapshot-entry-unknown', 'The list "roleAssignment" is none that a snapshot has; it was not read.'],
  ]);
});

test('a file that was cut off before anything comes out of it is not called empty', async () => {
  const bytes = gzipSync([header, one, end].map(asText).join('\n'));
  for (const length of [2, 5, 9, 10, 11, 15])
    await expect(readBytes(bytes.subarray(0, length))).rejects.toThrow('"s.ndjson.gz" is cut off');
  await expect(readBytes(gzipSync(asText(header).slice(0, 20)))).rejects.toThrow('is cut off');
  await expect(readBytes(gzipSync('\n\n'))).rejects.toThrow('"s.ndjson.gz" is empty.');
});

test('where 100,000 lines make no sense the rest is not read', async () => {
  const { roleAssignments, isComplete, notices } = await read(header, 'x\n'.repeat(200_000), one, end);
  expect([roleAssignments.length, isComplete]).toEqual([0, false]);
  expect(notices.map(({ message }) => message)).toContain(
    'More than 100,000 of its lines make no sense: the snapshot is not complete, and what it lacks was not looked at.',
  );
});

test('of a small file that unpacks to gigabytes no more is read than half of one', async () => {
  const blanks = gzipSync(Buffer.alloc(16 << 20, '\n'));
  const lines = [header, one].map(line => `${asText(line)}\n`).join('');
  const bomb = Buffer.concat([gzipSync(lines), ...Array<Buffer>(40).fill(blanks), gzipSync(asText(end))]);
  const { roleAssignments, isComplete, notices } = await readBytes(bomb);
  expect([roleAssignments.length, isComplete]).toEqual([1, false]);
  expect(notices.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
    ['snapshot-truncated', 'More than 500 bytes come out of each of its bytes'],
  ]);
}, 60_000);
