// Where compiled code is kept. It is run without a look at what it does, so nobody else may be able to write it.
import { existsSync, lstatSync, mkdirSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** The folder that only this user can write; made where it is missing. None where there is no such place. */
export function privateFolder(): string | undefined {
  const home = cacheHome();
  if (home === undefined) return undefined;
  const folder = join(home, 'azrbac');
  makeFolder(folder);
  const stats = lstatSync(folder);
  return stats.isDirectory() && onlyWeCanWrite(stats) ? folder : undefined;
}

/** Whether it belongs to this user, and neither its group nor others may write to it. Windows tells neither. */
export function onlyWeCanWrite(stats: Stats): boolean {
  return isOurs(stats) && (process.geteuid === undefined || (stats.mode & 0o022) === 0);
}

/** Under `sudo -E` the home is somebody else's, and so is what lies in it. */
function cacheHome(): string | undefined {
  const { env, platform } = process;
  if (platform === 'win32') return existing(env['LOCALAPPDATA']);
  const named = env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) {
    makeFolder(named);
    return existing(named);
  }
  const home = existing(env['HOME']);
  return home && join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
}

function existing(folder: string | undefined): string | undefined {
  if (folder === undefined || !isAbsolute(folder)) return undefined;
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats !== undefined && isOurs(stats) ? folder : undefined;
}

/** Not by `recursive: true`: with it Node never ends below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function isOurs(stats: Stats): boolean {
  return process.geteuid === undefined || stats.uid === process.geteuid();
}
