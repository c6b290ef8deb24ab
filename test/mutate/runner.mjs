import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Longer than any honest run on a busy machine: only what hangs outside of the counted loops comes to it. */
const patience = 300_000;

/** Has a process run tests; ends it and starts another where a mutant hangs or kills it. */
export class Runner {
  #child;

  constructor(script, mutantCount) {
    this.script = script;
    this.mutantCount = mutantCount;
  }

  /** What the tests of a file come by. */
  async cover(file) {
    const answer = await this.#ask({ kind: 'cover', file });
    if (answer.tests === undefined)
      throw new Error(`The tests of ${file} fail without a mutant. ${answer.killedBy}`);
    return answer;
  }

  /** The name of the test that noticed the mutant, or null. */
  async judge(id, tests) {
    if (tests.length === 0) return null;
    return (await this.#ask({ kind: 'judge', id, tests })).killedBy;
  }

  end() {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #ask(message) {
    this.#child ??= fork(
      fileURLToPath(new URL('run-mutants.mjs', import.meta.url)),
      [this.script, this.mutantCount],
      {
        execArgv: ['--max-old-space-size=2048'],
        silent: true,
      },
    );
    const child = this.#child;
    return new Promise(resolve => {
      let said = '';
      const timer = setTimeout(() => give({ killedBy: 'no answer in time' }), patience);
      const give = answer => {
        clearTimeout(timer);
        child.removeAllListeners();
        child.stderr.removeAllListeners();
        if (answer.killedBy === 'no answer in time' || child.exitCode !== null) this.end();
        resolve(answer);
      };
      child.stderr.on('data', chunk => (said += chunk));
      child.once('message', give);
      child.once('exit', () => {
        this.#child = undefined;
        give({ killedBy: `the process ended: ${said.slice(-500)}` });
      });
      child.send(message);
    });
  }
}
