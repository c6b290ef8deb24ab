// How things are timed here: interleaved, so that a busy machine hurts both sides alike; medians; and always beside
// something measured in the same run, because a ratio travels and a millisecond does not.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs each command `rounds` times in turn and gives the median of the wall times in milliseconds, by name. */
export function timeCommands(commands, rounds) {
  const times = Object.fromEntries(Object.keys(commands).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const start = performance.now();
      // To a pipe, as a hook does: for a device Node loads more.
      const run = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 30 });
      if (run.status === null || run.status > 1) throw new Error(`${name} failed: ${run.stderr}`);
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** Runs a command once: wall time in milliseconds and peak resident memory in bytes. */
export function measureOnce(args, env = process.env) {
  const hook = fileURLToPath(new URL('report-memory.cjs', import.meta.url));
  const start = performance.now();
  const run = spawnSync(process.execPath, ['--require', hook, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env,
  });
  if (run.status === null || run.status > 1) throw new Error(`${args.join(' ')} failed: ${run.stderr}`);
  return { milliseconds: performance.now() - start, bytes: Number(run.output[3]) };
}

/** Runs each function `rounds` times in turn and gives the median of the wall times in milliseconds, by name. */
export function timePasses(passes, rounds) {
  const times = Object.fromEntries(Object.keys(passes).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, pass] of Object.entries(passes)) times[name].push(bestOf(1, pass));
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** The best of several passes in this process: what the machine can do when nothing else wants it. */
export function bestOf(passes, pass) {
  let best = Infinity;
  for (let i = 0; i < passes; i++) {
    const start = performance.now();
    pass();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
