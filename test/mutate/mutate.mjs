// npm run mutate [-- PATH… --sample N --seed N --verbose]: changes the code in small ways, and lists the changes that no
// test notices. All changes stand in one script beside what they change, and one of them at a time is in force. The script is
// started anew for each: that takes milliseconds, where a test runner that loads its modules takes seconds.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mulberry32 } from '../bench/seeded.mjs';
import { bundle } from './bundle.mjs';
import { findLoops, findMutants } from './find-mutants.mjs';
import { planTests } from './plan-tests.mjs';
import { report } from './report.mjs';
import { Runner } from './runner.mjs';
import { weave } from './weave.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Folders whose code is changed, and the tests that should notice: their own, and those of what is built on them. */
const scope = {
  'src/rbac/permissions': ['test/rbac/permissions', 'test/laws', 'test/lint/checks'],
  'src/tenant/access': ['test/tenant/access', 'test/lint/checks/tenant'],
  'src/rbac/conditions': ['test/rbac/conditions', 'test/lint/checks/conditions', 'test/tenant/access'],
  // What a rule says of its examples stands on its page.
  'src/lint/checks': [
    'test/lint/checks',
    'test/rules.test.ts',
    'test/docs/rule-pages.test.ts',
    'test/conformance.test.ts',
    'test/lint/engine',
  ],
  'src/lint/fix': ['test/lint/fix', 'test/fuzz/fix.test.ts'],
};

/** Tests of whole catalogs and of 100,000 odd texts: too slow to be put before every mutant. */
const slow = [
  'test/rbac/conditions/hostile-conditions.test.ts',
  'test/laws/mutations.test.ts',
  'test/laws/built-in-roles.test.ts',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean' },
  },
});
const sources = (positionals.length > 0 ? positionals : Object.keys(scope)).flatMap(path =>
  filesIn(path, '.ts'),
);
const testFiles = [...new Set(sources.flatMap(file => scope[folderOf({ file })]))]
  .flatMap(path => filesIn(path, '.test.ts'))
  .filter((file, i, all) => !slow.includes(file) && all.indexOf(file) === i);
const mutants = numbered(sampled(sources.flatMap(file => findMutants(read(file), file))));

const folder = mkdtempSync(join(tmpdir(), 'azrbac-mutate-'));
const script = join(folder, 'tests.cjs');
const runner = new Runner(script, mutants.length);
try {
  const woven = new Map(
    sources.map(file => [file, weave(read(file), mutants.filter(byFile(file)), findLoops(read(file), file))]),
  );
  writeFileSync(script, await bundle({ root, testFiles, woven }));
  const plan = await planTests(testFiles, mutants, runner, ({ file }) => scope[folderOf({ file })]);
  // Slow tests are for what all quick ones let live.
  for (const speed of ['quick', 'slow']) {
    for (const mutant of mutants.filter(({ killedBy }) => killedBy == null)) {
      const tests = plan(mutant)[speed];
      mutant.killedBy = await runner.judge(mutant.id, tests);
      if (values.verbose)
        console.error(JSON.stringify({ ...mutant, text: undefined, speed, tests: tests.length }));
    }
  }
} finally {
  runner.end();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = report(mutants, JSON.parse(read('test/mutate/survivors.json')));

function byFile(file) {
  return mutant => mutant.file === file;
}

function read(file) {
  return readFileSync(join(root, file), 'utf8');
}

function filesIn(path, ending) {
  if (path.endsWith(ending)) return [path];
  const names = readdirSync(join(root, path), { recursive: true });
  return names
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => `${path}/${name}`);
}

/** So many of each folder at random, where a number was given. */
function sampled(all) {
  if (values.sample === undefined) return all;
  const random = mulberry32(Number(values.seed));
  return [...grouped(all).values()].flatMap(ofFolder => {
    const order = new Map(ofFolder.map(mutant => [mutant, random()]));
    return ofFolder.toSorted((a, b) => order.get(a) - order.get(b)).slice(0, Number(values.sample));
  });
}

function grouped(all) {
  const groups = new Map();
  for (const mutant of all) groups.set(folderOf(mutant), [...(groups.get(folderOf(mutant)) ?? []), mutant]);
  return groups;
}

function folderOf({ file }) {
  return Object.keys(scope).find(folder => file.startsWith(`${folder}/`));
}

function numbered(all) {
  return all.map((mutant, id) => ({ ...mutant, id }));
}
