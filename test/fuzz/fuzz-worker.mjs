// node fuzz-worker.mjs SEED INPUTS [TARGET]: feeds damaged samples to all targets, or that one, and reports to its parent: how
// far it is, and what went wrong. Each input follows from its number and the seed alone.
import { mulberry32 } from '../bench/seeded.mjs';
import { damage } from './damage.mjs';
import { targets } from './targets.mjs';

const [seed, inputs] = process.argv.slice(2, 4).map(Number);
const only = process.argv[4] ?? '';
const asked = only === '' ? targets : targets.filter(({ name }) => name === only);
const wheel = asked.flatMap(target => Array.from({ length: target.share }, () => target));
const counts = Object.fromEntries(asked.map(({ name }) => [name, 0]));
let [slowest, maxMemory] = [0, 0];

for (let run = 0; run < inputs; run++) {
  const random = mulberry32(seed * 1_000_003 + run);
  const target = wheel[Math.floor(random() * wheel.length)];
  const sample = target.samples[Math.floor(random() * target.samples.length)];
  const bytes = damage(sample, random);
  if (run % 200 === 0) tell(run);
  const start = performance.now();
  try {
    await target.run(bytes, run);
  } catch (error) {
    if (error.name !== 'UserError') fault(target, run, bytes, error.stack);
  }
  counts[target.name]++;
  slowest = Math.max(slowest, performance.now() - start);
}
tell(inputs);
process.disconnect();

function tell(run) {
  maxMemory = Math.max(maxMemory, process.memoryUsage.rss());
  process.send({ kind: 'progress', run, counts, slowest, maxMemory });
}

function fault(target, run, bytes, reason) {
  process.send({ kind: 'fault', target: target.name, run, input: bytes.toString('latin1'), reason });
}
