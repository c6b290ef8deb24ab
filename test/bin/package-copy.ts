import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { restarter, scorer } from '../commands/project.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** What a run printed, and how it ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run differs from one with a cache folder of its own, on the Node of the tests. */
export interface RunOptions {
  readonly args?: readonly string[];
  readonly node?: string;
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A copy of the package that a test may damage, with two roles to lint and an empty place for its caches. */
export class PackageCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'azrbac-start-'));
  readonly executable = join(this.folder, 'dist/bin/azrbac.cjs');
  readonly bundle = join(this.folder, 'dist/bin/main.cjs');
  readonly caches = join(this.folder, 'caches');
  /** Where the executable keeps compiled code. */
  readonly cache = join(this.caches, 'azrbac');

  constructor() {
    for (const part of ['dist/bin', 'dist/rules.json', 'role-catalog', 'package.json'])
      cpSync(join(projectFolder, part), join(this.folder, part), { recursive: true });
    symlinkSync(join(projectFolder, 'node_modules'), join(this.folder, 'node_modules'));
    writeFileSync(join(this.folder, 'scorer.json'), JSON.stringify(scorer));
    writeFileSync(join(this.folder, 'restarter.json'), JSON.stringify(restarter));
    mkdirSync(this.caches);
  }

  /** Lints the role with one finding, if not told otherwise. */
  run({ args = ['lint', 'scorer.json'], node = process.execPath, uid, env }: RunOptions = {}): Run {
    const run = spawnSync(node, [this.executable, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: env ?? { XDG_CACHE_HOME: this.caches },
      ...(uid !== undefined && { uid, gid: uid }),
    });
    return { exitCode: run.status, signal: run.signal, stdout: run.stdout, stderr: run.stderr };
  }

  /** The files that hold compiled code, and those that were left half written. */
  entries(): readonly string[] {
    return readdirSync(this.cache)
      .filter(name => /\.code/.test(name))
      .map(name => join(this.cache, name));
  }
}

let said: Run | undefined;

/** What the executable says of the role with one finding where it keeps nothing: every copy the same, so that one is asked. */
export function uncached(copy: PackageCopy): Run {
  return (said ??= runUncached(copy));
}

/** The same, of this copy. */
export function runUncached(copy: PackageCopy): Run {
  const run = copy.run({ env: { AZRBAC_NO_CODE_CACHE: '1', XDG_CACHE_HOME: copy.caches } });
  if (run.exitCode !== 1 || !run.stdout.includes('ml-scoring-wildcard')) throw new Error(run.stderr);
  return run;
}
