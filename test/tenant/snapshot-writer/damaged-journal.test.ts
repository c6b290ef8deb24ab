import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { Journal } from '../../../src/tenant/snapshot-writer/journal.js';
import { firstSeal } from '../../../src/tenant/snapshot-writer/journal-entries.js';
import { sealed } from '../../../src/tenant/snapshot-writer/sealed-file.js';
import type { SharedRow, UnitResult, WrittenRow } from '../../../src/tenant/snapshot-writer/unit-result.js';
import { writeSnapshot } from '../../../src/tenant/snapshot-writer/write-snapshot.js';
import { seededRandom } from '../../seeded.js';

// A journal that was damaged on its disk comes to the same snapshot or to a clear error, never to another snapshot.

const header = {
  collectedAt: '2026-08-22T12:00:00.000Z',
  tenantId: '77777777-0000-0000-0000-000000000001',
  cloud: 'public',
  request: { target: 'the tenant' },
};
const folder = mkdtempSync(join(tmpdir(), 'azrbac-damage-'));
const path = join(folder, 'tenant.ndjson.gz.partial');
const units = new Map(
  Array.from({ length: 6 }, (_, unit): [string, UnitResult] => [`unit ${unit}`, resultOf(unit)]),
);
let bytes: Buffer;
let whole: Buffer;

beforeAll(async () => {
  const journal = Journal.create(path, 'partial', header);
  whole = await completed(journal);
  bytes = readFileSync(path);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function assignment(number: number, scope: string): WrittenRow {
  const name = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const properties = { scope: scope || '/', principalId: name, principalType: 'User' };
  return { key: id.toLowerCase(), json: JSON.stringify({ id, name, properties }) };
}

/** Every unit also shows what the one before it shows of the root. */
function resultOf(unit: number): UnitResult {
  const scope = `/subscriptions/99999999-8888-7777-6666-55555555555${unit}`;
  const rows = Array.from({ length: 5 }, (_, at) => assignment(unit * 10 + at, scope));
  const shared = [0, 1].map(
    (at): SharedRow => ({ kind: 'roleAssignments', ...assignment(900 + unit + at, '') }),
  );
  const gaps = unit === 3 ? [{ what: 'denyAssignments', scope, reason: '403' }] : [];
  return { rows: new Map([['roleAssignments', rows]]), shared, gaps, isOpen: unit === 2 };
}

/** Reads again what the journal lacks, and writes the snapshot. */
async function completed(journal: Journal): Promise<Buffer> {
  for (const [at, [name, result]] of [...units].entries())
    if (!journal.units.has(name)) await journal.append(name, at, result);
  const file = join(folder, 'tenant.ndjson.gz');
  const gaps = [...units.keys()].flatMap(name => journal.units.get(name)?.gaps ?? []);
  writeSnapshot(journal, { units: [...units.keys()], gaps }, { path: file, shown: 'tenant.ndjson.gz' });
  journal.close();
  return readFileSync(file);
}

async function outcomeOf(damaged: Buffer): Promise<string> {
  writeFileSync(path, damaged);
  try {
    return (await completed(Journal.resume(path, 'partial'))).equals(whole) ? 'the same' : 'another snapshot';
  } catch (error) {
    return error instanceof UserError ? error.message : `a bug: ${String(error)}`;
  }
}

const refused = '"partial" was left by no collection that this azrbac can resume.';

type Damage = (bytes: Buffer, random: (below: number) => number) => Buffer;

const damages: Readonly<Record<string, Damage>> = {
  'a flipped bit': (file, random) => {
    const at = random(file.length);
    file[at] = file[at]! ^ (1 << random(8));
    return file;
  },
  zeros: (file, random) => {
    const at = random(file.length);
    return file.fill(0, at, Math.min(file.length, at + 1 + random(600)));
  },
  'a piece of elsewhere': (file, random) => {
    const [from, to] = [random(file.length), random(file.length)];
    return Buffer.concat([file.subarray(0, to), file.subarray(from, from + 200), file.subarray(to)]);
  },
  'a piece missing': (file, random) => {
    const at = random(file.length);
    return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + random(300))]);
  },
  'an end missing': (file, random) => file.subarray(0, random(file.length)),
  'an entry twice': (file, random) => {
    const [from, to] = entryOf(file, random);
    return Buffer.concat([file.subarray(0, to), file.subarray(from)]);
  },
  'an entry missing': (file, random) => {
    const [from, to] = entryOf(file, random);
    return Buffer.concat([file.subarray(0, from), file.subarray(to)]);
  },
  'two entries in the other order': (file, random) => {
    const starts = startsOf(file);
    const at = 1 + random(starts.length - 3);
    const [a, b, c] = [starts[at]!, starts[at + 1]!, starts[at + 2]!];
    return Buffer.concat([file.subarray(0, a), file.subarray(b, c), file.subarray(a, b), file.subarray(c)]);
  },
};

/** Where records start, and where the last one ends. */
function startsOf(file: Buffer): number[] {
  const starts = [0];
  for (let at = 0; at < file.length; starts.push(at)) {
    const line = file.subarray(at, file.indexOf(10, at) + 1);
    at += line.length + Number(line.toString().split(' ')[1]) + 1;
  }
  return starts;
}

function entryOf(file: Buffer, random: (below: number) => number): [number, number] {
  const starts = startsOf(file);
  const at = 1 + random(starts.length - 2);
  return [starts[at]!, starts[at + 1]!];
}

test.each(Object.entries(damages))(
  '%s: the same snapshot or a clear error',
  async (name, damage) => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed * 7_919 + name.length);
      const outcome = await outcomeOf(damage(Buffer.from(bytes), below => Math.floor(random() * below)));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (outcome !== 'the same') expect(outcome, `seed ${seed}`).toBe(refused);
    }
    expect(outcomes.get('the same') ?? 0).toBeGreaterThan(10);
  },
  60_000,
);

test('what is behind a damaged entry is read again, and not taken from before', async () => {
  const starts = startsOf(bytes);
  const damaged = Buffer.from(bytes);
  damaged[starts[3]! - 10] = damaged[starts[3]! - 10]! ^ 1;
  writeFileSync(path, damaged);
  const journal = Journal.resume(path, 'partial');
  expect([...journal.units.keys()]).toEqual(['unit 0']);
  expect(journal.lost).toBe(bytes.length - starts[2]!);
  journal.close();
});

/** Entries that are sealed as they must be, and hold what no collection writes. */
const crafted: readonly (readonly [string, unknown, Buffer])[] = [
  ['no object', 7, Buffer.alloc(0)],
  ['no parts', { unit: 'unit 0', order: 0, gaps: [], isOpen: false }, Buffer.alloc(0)],
  ['parts without a kind', entryWith([{ count: 1, bytes: 0, isShared: false }]), Buffer.alloc(0)],
  ['a part of another kind', entryWith([part('__proto__', 0)]), Buffer.alloc(0)],
  ['a part that is longer than the entry', entryWith([part('roleAssignments', 1e9)]), Buffer.alloc(0)],
  ['a part of a length below zero', entryWith([part('roleAssignments', -1)]), Buffer.alloc(0)],
  ['gaps that are none', { ...entryWith([]), gaps: [7] }, Buffer.alloc(0)],
  ...(['no gzip', '', 'null\n', '"a"\t{\n', '"a"\tnull\n', '7\t{"id":"a"}\n'] as const).map(
    (text): readonly [string, unknown, Buffer] => {
      const body = text === 'no gzip' ? Buffer.from(text) : gzipSync(text);
      return [
        `the shared rows ${JSON.stringify(text)}`,
        entryWith([part('roleAssignments', body.length, true)]),
        body,
      ];
    },
  ),
];

function part(kind: string, length: number, isShared = false): object {
  return { kind, count: 1, bytes: length, isShared };
}

function entryWith(parts: readonly object[]): object {
  return { unit: 'unit 0', order: 0, parts, gaps: [], isOpen: true };
}

test.each(crafted)('an entry with %s is a clear error or read again', async (_, head, body) => {
  const first = sealed(firstSeal, JSON.stringify(header), []);
  const entry = sealed(first.seal, JSON.stringify(head), [body]);
  expect(['the same', refused]).toContain(await outcomeOf(Buffer.concat([first.bytes, entry.bytes])));
});

test.each(['', 'null\n', '{"id":7}\n', '{"kind":"roleAssignments","value":{"id":7}}\n'])(
  'rows %j that nobody wrote are a clear error',
  text => {
    const body = gzipSync(text === '' ? '\n' : text);
    const first = sealed(firstSeal, JSON.stringify(header), []);
    const head = { ...entryWith([part('roleAssignments', body.length)]), isOpen: false };
    writeFileSync(path, Buffer.concat([first.bytes, sealed(first.seal, JSON.stringify(head), [body]).bytes]));
    const journal = Journal.resume(path, 'partial');
    expect(() => journal.rowsOf(journal.units.get('unit 0')!.parts[0]!)).toThrow(refused);
    journal.close();
  },
);

test('a journal of an older azrbac is told as such', async () => {
  const older = { journal: 'azrbac-journal 1', ...header };
  expect(await outcomeOf(Buffer.from(`${JSON.stringify(older)}\n`))).toBe(
    '"partial" was left by an older azrbac, whose work this one cannot go on with.',
  );
});
