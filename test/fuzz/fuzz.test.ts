// Some hundreds of damaged files, the whole way to every report. `npm run fuzz` goes on for minutes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatReport, reportFormats } from '../../src/reporters/lint/reporters.js';
import { seededRandom } from '../seeded.js';
import { lintBytes } from './lint-bytes.js';
import { damage } from './damage.mjs';
import { samples } from './samples.js';
import { runs } from '../portion.js';

const options = { color: 0, version: '0.0.0', failOn: 'medium' } as const;
const limit = Number(process.env.AZRBAC_FUZZ_SECONDS ?? 0) * 1000;
const least = 300;

test('damaged files never throw, and every report of them is well formed', {
  timeout: limit + 60_000,
}, async () => {
  const seed = Number(process.env.AZRBAC_SEED ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const end = performance.now() + limit;
  for (let run = 0; run < least || performance.now() < end; run++) {
    const bytes = damage(samples[Math.floor(random() * samples.length)]!, random);
    try {
      const result = lintBytes(bytes);
      const format = reportFormats[run % reportFormats.length]!;
      const report = await formatReport(format, result, options);
      if (format !== 'azure') expect(report).not.toMatch(/^\s*##(?:vso)?\[/m);
      if (format !== 'github') expect(report).not.toMatch(/^\s*::[a-z-]+/m);
      expect(report).not.toContain('\u001b');
      if (['json', 'sarif', 'gitlab'].includes(format)) JSON.parse(report);
    } catch (cause) {
      throw new Error(`seed ${seed}, run ${run}: ${JSON.stringify(bytes.toString('latin1'))}`, { cause });
    }
  }
});

test('any JSON value at all is read, judged and reported', { timeout: 60_000 }, async () => {
  const keys = fc.constantFrom(
    'Name',
    'roleName',
    'properties',
    'permissions',
    'Permissions',
    'Actions',
    'actions',
    'NotActions',
    'DataActions',
    'AssignableScopes',
    'assignableScopes',
    'type',
    'id',
    'IsCustom',
    'value',
    '__proto__',
    'condition',
    'description',
  );
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '*',
        '*/read',
        'Microsoft.Compute/*',
        '/',
        'CustomRole',
        'Microsoft.Compute/virtualMachines/read',
      ),
      fc.constantFrom(null, true, 0, -1.5e300),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(fc.oneof(keys, fc.string()), tie('value')), { maxLength: 6 }).map(Object.fromEntries),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async json => {
      const result = lintBytes(Buffer.from(JSON.stringify(json)));
      JSON.parse(await formatReport('json', result, options));
      await formatReport('text', result, options);
    }),
    runs({ whole: 5_000, part: 300 }),
  );
});
