import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSnapshot } from '../../../src/tenant/snapshot/read-snapshot.js';
import { Journal } from '../../../src/tenant/snapshot-writer/journal.js';
import type { JournalHeader } from '../../../src/tenant/snapshot-writer/journal-shape.js';
import type { SharedRow, UnitResult } from '../../../src/tenant/snapshot-writer/unit-result.js';
import { snapshotFormOf, writeSnapshot } from '../../../src/tenant/snapshot-writer/write-snapshot.js';

const header: JournalHeader = {
  collectedAt: '2026-08-22T12:00:00.000Z',
  tenantId: '77777777-0000-0000-0000-000000000001',
  cloud: 'public',
  request: { target: 'the tenant' },
};
const subscription = '/subscriptions/99999999-8888-7777-6666-555555555555';
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azrbac-journal-'));
  path = join(folder, 'tenant.ndjson.gz.partial');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function assignment(number: number, scope = subscription): { key: string; json: string } {
  const name = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const id = `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${reader}`;
  const properties = { scope, roleDefinitionId, principalId: name, principalType: 'User' };
  return { key: id.toLowerCase(), json: JSON.stringify({ id, name, properties }) };
}

function result(numbers: readonly number[], more: Partial<UnitResult> = {}): UnitResult {
  const rows = numbers.map(number => assignment(number));
  return { rows: new Map([['roleAssignments', rows]]), shared: [], gaps: [], isOpen: false, ...more };
}

const inherited: SharedRow = { kind: 'roleAssignments', ...assignment(900, '/') };

function write(journal: Journal, units: readonly string[], name = 'tenant.ndjson.gz'): Buffer {
  const file = join(folder, name);
  writeSnapshot(journal, { units, gaps: [] }, { path: file, shown: name });
  return readFileSync(file);
}

test('what was appended is there when the collection is resumed', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append('a', 1, result([1, 2], { shared: [inherited] }));
  await journal.append('b', 2, result([3]));
  const whole = write(journal, ['a', 'b']);
  journal.close();
  const again = Journal.resume(path, 'partial');
  expect([...again.units.keys()]).toEqual(['a', 'b']);
  expect(again.header).toEqual(header);
  expect(again.rows).toBe(4);
  expect(write(again, ['a', 'b'])).toEqual(whole);
  again.close();
});

test('whatever the end was torn at, the units before are kept and the next is appended behind them', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append('a', 1, result([1, 2]));
  const kept = readFileSync(path).length;
  await journal.append('b', 2, result([3], { shared: [inherited] }));
  journal.close();
  const bytes = readFileSync(path);
  for (let length = kept; length < bytes.length; length++) {
    writeFileSync(path, bytes);
    truncateSync(path, length);
    const torn = Journal.resume(path, 'partial');
    expect([...torn.units.keys()]).toEqual(['a']);
    expect([...torn.shared.all()]).toEqual([]);
    torn.close();
    expect(readFileSync(path).length).toBe(kept);
  }
  const torn = Journal.resume(path, 'partial');
  await torn.append('b', 2, result([3], { shared: [inherited] }));
  torn.close();
  expect(readFileSync(path)).toEqual(bytes);
});

test('a unit that failed in passing is done again', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append(
    'a',
    1,
    result([1], { isOpen: true, gaps: [{ what: 'x', scope: '/', reason: '503' }] }),
  );
  await journal.append('b', 2, result([2]));
  journal.close();
  const again = Journal.resume(path, 'partial');
  expect([...again.units.keys()]).toEqual(['b']);
  again.close();
});

test('the same answers make the same bytes, in whatever order they came', async () => {
  const inOrder = Journal.create(path, 'partial', header);
  await inOrder.append('a', 1, result([1, 2], { shared: [inherited] }));
  await inOrder.append('b', 2, result([3, 4], { shared: [inherited] }));
  const other = Journal.create(`${path}2`, 'partial', header);
  await other.append('b', 2, result([4, 3], { shared: [inherited] }));
  await other.append('a', 1, result([2, 1, 1], { shared: [inherited] }));
  expect(write(other, ['a', 'b'])).toEqual(write(inOrder, ['a', 'b']));
  inOrder.close();
  other.close();
});

test('of a row that several units have, that of the first one stays', async () => {
  const journal = Journal.create(path, 'partial', header);
  const first = { ...inherited, json: inherited.json.replace('"User"', '"Group"') };
  await journal.append('b', 2, result([], { shared: [inherited] }));
  await journal.append('a', 1, result([], { shared: [first] }));
  await journal.append('c', 3, result([], { shared: [inherited] }));
  expect(journal.shared.of('roleAssignments').map(({ json }) => json)).toEqual([first.json]);
  journal.close();
});

test('a .json snapshot and a packed one hold the same rows, and both are read without a word', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append('a', 1, result([1, 2], { shared: [inherited] }));
  const packed = write(journal, ['a']);
  write(journal, ['a'], 'tenant.json');
  journal.close();
  const last = gunzipSync(packed).toString('utf8').trimEnd().split('\n').at(-1)!;
  expect(JSON.parse(last)).toMatchObject({
    kind: 'end',
    counts: { roleAssignments: 3, principals: 0, gaps: 0 },
  });
  for (const name of ['tenant.json', 'tenant.ndjson.gz']) {
    const snapshot = await readSnapshot(name, folder);
    expect(snapshot.notices).toEqual([]);
    expect(snapshot.isComplete).toBe(true);
    expect(snapshot.roleAssignments.map(({ scope }) => scope).sort()).toEqual([
      '/',
      subscription,
      subscription,
    ]);
    expect(snapshot.collectedAt).toBe('2026-08-22T12:00:00.000Z');
  }
});

test('a snapshot that cannot be written leaves nothing behind', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append('a', 1, result([1]));
  const file = { path: join(folder, 'missing', 'tenant.json'), shown: 'missing/tenant.json' };
  expect(() => writeSnapshot(journal, { units: ['a'], gaps: [] }, file)).toThrow(
    '"missing/tenant.json" cannot be written',
  );
  journal.close();
});

test.each([
  { text: '', name: 'an empty file' },
  { text: '{"kind":"azrbac-snapshot"}\n', name: 'a snapshot' },
  { text: 'not json\n', name: 'something else' },
])('$name is no journal', ({ text }) => {
  writeFileSync(path, text);
  expect(() => Journal.resume(path, 'tenant.ndjson.gz.partial')).toThrow(
    '"tenant.ndjson.gz.partial" was left by no collection that this azrbac can resume.',
  );
});

test('without a journal there is nothing to resume', () => {
  expect(() => Journal.resume(path, 'tenant.ndjson.gz.partial')).toThrow('There is nothing to resume');
});

test.each(['tenant.json', 'Tenant.JSON', 'tenant.ndjson.gz'])('%s names its form', file => {
  expect(snapshotFormOf(file)).toBe(file.toLowerCase().slice('tenant.'.length));
});

test.each(['tenant', 'tenant.gz', 'tenant.ndjson', 'json'])('%s names none', file => {
  expect(() => snapshotFormOf(file)).toThrow('must end in .json or .ndjson.gz');
});

test('what a unit had that is to be done again is not lost where others relied on it', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append('first', 1, result([], { shared: [inherited], isOpen: true }));
  await journal.append('second', 2, result([1], { shared: [inherited] }));
  journal.close();
  const again = Journal.resume(path, 'partial');
  expect([...again.units.keys()]).toEqual(['second']);
  await again.append('first', 1, result([]));
  expect(again.shared.of('roleAssignments').map(({ key }) => key)).toEqual([inherited.key]);
  again.close();
});

test('a link that lies where the journal belongs is replaced, and what it leads to is not', () => {
  const other = join(folder, 'other');
  writeFileSync(other, 'of somebody else');
  symlinkSync(other, path);
  expect(() => Journal.resume(path, 'partial')).toThrow(/was left by no collection/);
  Journal.create(path, 'partial', header).close();
  expect(readFileSync(other, 'utf8')).toBe('of somebody else');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('whatever stood there before, what is written is for its owner alone', () => {
  const output = join(folder, 'tenant.ndjson.gz');
  for (const file of [path, output]) {
    writeFileSync(file, '');
    chmodSync(file, 0o644);
  }
  Journal.create(path, 'partial', header).close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  const journal = Journal.resume(path, 'partial');
  write(journal, []);
  journal.close();
  expect([path, output].map(file => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});

test('what a killed run left while it wrote is taken away, and what a living one is writing stays', () => {
  const { pid: dead } = spawnSync(process.execPath, ['--version']);
  const left = [dead, process.pid].map(id => join(folder, `.tenant.ndjson.gz.${id}.m1abc`));
  for (const file of left) writeFileSync(file, 'half');
  const journal = Journal.create(path, 'partial', header);
  write(journal, []);
  journal.close();
  expect(left.map(file => existsSync(file))).toEqual([false, true]);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('a row that is longer than a snapshot can hold is a gap, and the snapshot is read', async () => {
  const journal = Journal.create(path, 'partial', header);
  const [own, other] = [assignment(1), assignment(901, '/')].map(({ key, json }) => ({
    key,
    json: json.replace('"User"', `"${'é'.repeat(33 << 20)}"`),
  }));
  const shared: SharedRow[] = [{ kind: 'roleAssignments', ...other! }];
  const rows = new Map([['roleAssignments', [own!, assignment(2)]] as const]);
  await journal.append('a', 1, { rows, shared, gaps: [], isOpen: false });
  expect(journal.units.get('a')!.gaps).toEqual([
    {
      what: 'roleAssignments',
      scope: subscription,
      reason: 'a row of 67 MiB is longer than a snapshot can hold: left out',
    },
    {
      what: 'roleAssignments',
      scope: '/',
      reason: 'a row of 67 MiB is longer than a snapshot can hold: left out',
    },
  ]);
  write(journal, ['a']);
  journal.close();
  expect((await readSnapshot('tenant.ndjson.gz', folder)).roleAssignments).toHaveLength(1);
});

test('rows that make more than one packed part are all there', async () => {
  const journal = Journal.create(path, 'partial', header);
  const wide = (number: number, scope?: string) => {
    const { key, json } = assignment(number, scope);
    return { key, json: json.replace('"name"', `"text":"${'a'.repeat(9 << 20)}","name"`) };
  };
  const shared = [901, 902, 903].map(
    (number): SharedRow => ({ kind: 'roleAssignments', ...wide(number, '/') }),
  );
  const rows = new Map([['roleAssignments', [1, 2, 3].map(number => wide(number))] as const]);
  await journal.append('a', 1, { rows, shared, gaps: [], isOpen: false });
  expect(journal.units.get('a')!.parts.map(({ count }) => count)).toEqual([2, 1]);
  write(journal, ['a']);
  journal.close();
  const again = Journal.resume(path, 'partial');
  expect([again.rows, again.lost]).toEqual([6, 0]);
  again.close();
  expect((await readSnapshot('tenant.ndjson.gz', folder)).roleAssignments).toHaveLength(6);
});

test('a .json snapshot that could not be read again is not written, and the work is not lost', async () => {
  const journal = Journal.create(path, 'partial', header);
  await journal.append('a', 1, result([1, 2, 3]));
  const file = { path: join(folder, 'tenant.json'), shown: 'tenant.json' };
  writeFileSync(file.path, 'of yesterday');
  expect(() => writeSnapshot(journal, { units: ['a'], gaps: [] }, file, 500)).toThrow(
    '"tenant.json" would be larger than what can be read as one JSON object.',
  );
  expect(readFileSync(file.path, 'utf8')).toBe('of yesterday');
  expect(() => writeSnapshot(journal, { units: ['a'], gaps: [] }, file, 5_000)).not.toThrow();
  journal.close();
});
