// The process that runs tests: told a mutant, it answers which test noticed it. Whoever started it ends it when it hangs.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { compile } from './bundle.mjs';
import { collector } from './collect-tests.mjs';

// The same random values in every run, not too many, and no search for simpler ones: that a test fails is all that counts.
fc.configureGlobal({ seed: 1, endOnFailure: true });
const { assert } = fc;
const maxRuns = 50;
const few = {
  ...fc,
  assert: (property, { numRuns = 100, ...more } = {}) =>
    assert(property, { ...more, numRuns: Math.min(numRuns, maxRuns) }),
};
const instead = { 'fast-check': { ...few, default: few, __esModule: true } };

// A test that looks at the clock would notice how busy the machine is, and no mutant.
performance.now = () => 0;

/** Rounds of loops that a test may do, its file being loaded among them, beyond what it does without a mutant. */
const moreRounds = { factor: 3, least: 20_000_000 };

const [, , bundleFile, mutantCount] = process.argv;
const start = compile(readFileSync(bundleFile, 'utf8'));
let active = -1;
let hits = new Uint8Array(Number(mutantCount));
let rounds = 0;
let maxRounds = Infinity;

const mutant = id => {
  hits[id] = 1;
  return id === active;
};
const round = () => {
  if (++rounds > maxRounds) throw new Error('a loop goes on without end');
};

process.on('message', async message => {
  const answer = message.kind === 'cover' ? await cover(message.file) : await judge(message);
  process.send(answer);
});
process.on('unhandledRejection', () => {});

function evaluation() {
  const { module, testsOf } = collector();
  const files = start({ instead: { ...instead, vitest: module }, mutant, round });
  const loaded = new Map();
  return file => {
    if (!loaded.has(file)) loaded.set(file, testsOf(files[file]));
    return loaded.get(file);
  };
}

/** Each test of a file on its own: which mutants it comes by, and how long it takes. `atLoad` are those that loading comes by. */
// Of files with more tests than this, such as the examples of all rules, the tests share what was loaded.
const maxAlone = 100;

async function cover(file) {
  active = -1;
  maxRounds = Infinity;
  const tests = [];
  let atLoad;
  let shared;
  for (let i = 0; ; i++) {
    hits.fill(0);
    const own = shared ?? evaluation()(file);
    if (own.length > maxAlone) shared = own;
    atLoad ??= covered();
    if (i >= own.length) return { atLoad, tests };
    hits.fill(0);
    rounds = 0;
    const started = process.cpuUsage().user;
    const failure = await failureOf(own[i]);
    tests.push({
      name: own[i].name,
      failure,
      rounds,
      ms: (process.cpuUsage().user - started) / 1000,
      covers: covered(),
    });
  }
}

function covered() {
  return Array.from(hits.keys()).filter(id => hits[id] === 1);
}

/** Runs the tests, a list of their files, numbers and rounds, until one does not end as it does without a mutant: its name, or null. */
async function judge({ id, tests }) {
  active = id;
  const own = evaluation();
  for (const { file, name, number, failure, rounds: usual } of tests) {
    const killedBy = `${file}: ${name}`;
    rounds = 0;
    maxRounds = usual * moreRounds.factor + moreRounds.least;
    const found = await failureOf({ run: () => own(file)[number].run() });
    if (rounds > maxRounds) return { killedBy: `${killedBy}: a loop goes on without end` };
    if (found !== failure) return { killedBy: `${killedBy}: ${found}` };
  }
  return { killedBy: null };
}

async function failureOf({ run }) {
  try {
    await run();
    return undefined;
  } catch (error) {
    // Counts of random cases are other ones in a shorter run.
    return String(error).replace(/\d+/g, 'N');
  }
}
