// `azrbac lint --fix` on files of random layouts: never less, never more, all else to the letter, twice is once.
// `npm run fuzz` looks at 50,000.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../commands/run-cli.js';
import { shippedRules } from '../lint-example.js';
import { seededRandom } from '../seeded.js';
import { decoded, encoded, type Layout, randomLayout } from './fix-layouts.js';
import { faultOf, leftIn } from './fix-oracle.js';
import { isFullRun, portion } from '../portion.js';

const layouts = portion({ whole: 50_000, part: 400 });
const perFolder = portion({ whole: 500, part: 200 });

test(`--fix in ${layouts} layouts`, { timeout: 7_200_000 }, async () => {
  const seed = Number(process.env['AZRBAC_SEED'] ?? Date.now() % 1_000_000);
  let changed = 0;
  for (let first = 0; first < layouts; first += perFolder) changed += await fixFolder(seed, first);
  if (isFullRun)
    console.log(`--fix: ${layouts} layouts from seed ${seed}, ${changed} files changed, none wrongly`);
  expect(changed).toBeGreaterThan(layouts / 2);
});

/** Fixes a folder of files twice; how many files changed. */
async function fixFolder(seed: number, first: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-fix-'));
  const files = new Map<string, Layout>();
  for (let i = first; i < first + perFolder; i++) {
    const layout = randomLayout(seededRandom(seed * 100_000 + i), `Role ${i}`);
    const name = `role-${i}.${['json', 'jsonc', 'json.tpl'][i % 3]}`;
    files.set(name, layout);
    writeFileSync(join(folder, name), encoded(layout.text, layout.encoding));
  }
  writeFileSync(join(folder, 'azrbac.config.json'), JSON.stringify({ rules: rulesWithoutFix }));
  const typos = first % (2 * perFolder) === 0 ? [] : ['--fix-typos'];
  const once = await fix(folder, typos);
  let changed = 0;
  for (const [name, layout] of files) {
    const fault = faultIn(layout, once.get(name)!, typos.length > 0 ? 'typos' : 'no typos');
    if (fault !== undefined) throw new Error(`${fault}; ${describe(seed, name, layout, once.get(name)!)}`);
    if (!once.get(name)!.equals(encoded(layout.text, layout.encoding))) changed++;
  }
  const twice = await fix(folder, typos);
  for (const [name, layout] of files) {
    const bytes = twice.get(name)!;
    if (!bytes.equals(once.get(name)!))
      throw new Error(`twice is not once; ${describe(seed, name, layout, bytes)}`);
  }
  expect(twice.size).toBe(files.size + 1);
  rmSync(folder, { recursive: true });
  return changed;
}

/** They would only take time. */
const rulesWithoutFix = Object.fromEntries(
  shippedRules.rules
    .filter(({ check }) => check !== 'action-verdict' && check !== 'repeated-action')
    .map(({ id }) => [id, 'off']),
);

async function fix(cwd: string, options: readonly string[]): Promise<Map<string, Buffer>> {
  const { exitCode, stderr } = await runCli(
    ['lint', '.', '--fix', '--fail-on', 'never', '--format', 'csv', ...options],
    { cwd },
  );
  expect(exitCode, stderr).toBe(0);
  return new Map(readdirSync(cwd).map(name => [name, readFileSync(join(cwd, name))]));
}

function faultIn(
  { text, encoding, isDamaged }: Layout,
  bytes: Buffer,
  mends: 'typos' | 'no typos',
): string | undefined {
  const after = decoded(bytes, encoding);
  if (after === undefined) return 'the byte order mark is gone';
  if (isDamaged) return after === text ? undefined : 'a damaged text was changed';
  return faultOf(text, after, mends) ?? leftIn(after);
}

function describe(seed: number, name: string, { text, encoding }: Layout, bytes: Buffer): string {
  return `seed ${seed}, ${name}, ${encoding}:\n${JSON.stringify(text)}\n${JSON.stringify(decoded(bytes, encoding))}`;
}
