// node test/fuzz/run-fuzz.mjs [--inputs 1000000] [--seed N] [--workers N] [--only Bicep]: damaged files for everything that
// reads, or for that one reader. Fails at a crash, at an input that takes longer than 10 s, and where a worker needs more than 1 GB of memory.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string', default: '' },
  },
});
const [inputs, seed, workers] = [values.inputs, values.seed, values.workers].map(Number);
const longest = 10_000;
const maxBytes = 1e9;
/** A worker starts anew behind so many inputs: what it keeps does not add up over the whole run. */
const inputsOfAWorker = 25_000;

const faults = [];
const report = fault => {
  faults.push(fault);
  if (faults.length <= 20) console.log(`\nFAULT ${fault}`);
};
const counts = new Map();
let [slowest, maxMemory, done] = [0, 0, 0];
const waiting = Array.from({ length: Math.ceil(inputs / inputsOfAWorker) }, (_, i) => ({
  seed: seed + i,
  inputs: Math.min(inputsOfAWorker, inputs - i * inputsOfAWorker),
}));

console.log(`seed ${seed}, ${inputs} inputs, ${workers} workers, Node ${process.version}`);
const start = performance.now();
await Promise.all(
  Array.from({ length: workers }, async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) await runBatch(batch);
  }),
);
for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`${String(count).padStart(9)}  ${name}`);
console.log(
  `\n${done} inputs in ${Math.round((performance.now() - start) / 1000)} s; the slowest took ${(slowest / 1000).toFixed(2)} s; ` +
    `at most ${Math.round(maxMemory / 2 ** 20)} MiB; ${faults.length} faults`,
);
process.exitCode = faults.length > 0 || done < inputs ? 1 : 0;

function runBatch({ seed: of, inputs: number }) {
  return new Promise(ended => {
    const worker = fork(fileURLToPath(new URL('fuzz-worker.mjs', import.meta.url)), [String(of), String(number), values.only], {
      execArgv: ['--max-old-space-size=800'],
    });
    let last = { run: 0, counts: {}, slowest: 0, maxMemory: 0 };
    let heard = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - heard < 12 * longest) return;
      report(`hangs: seed ${of}, an input from number ${last.run} on`);
      worker.kill('SIGKILL');
    }, 1_000);
    worker.on('message', message => {
      heard = performance.now();
      if (message.kind === 'progress') last = message;
      else report(`${message.target}, seed ${of}, input ${message.run}: ${message.reason}\n${JSON.stringify(message.input).slice(0, 2_000)}`);
    });
    worker.on('exit', (code, signal) => {
      clearInterval(watch);
      if (code !== 0) report(`ended with ${signal ?? code}: seed ${of}, behind input ${last.run}`);
      if (last.slowest > longest) report(`an input of seed ${of} took ${Math.round(last.slowest)} ms`);
      if (last.maxMemory > maxBytes) report(`seed ${of} took ${last.maxMemory} bytes of memory`);
      done += last.run;
      slowest = Math.max(slowest, last.slowest);
      maxMemory = Math.max(maxMemory, last.maxMemory);
      for (const [name, count] of Object.entries(last.counts)) counts.set(name, (counts.get(name) ?? 0) + count);
      ended();
    });
  });
}
