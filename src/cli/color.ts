import type { ReportOptions } from '../reporters/reporter.js';
import type { Io } from './io.js';

/** How much colour the report may have: what `--color` says, then NO_COLOR, then FORCE_COLOR, then the terminal. */
export function colorLevel(
  {
    color = 'auto',
    output,
  }: { readonly color: 'auto' | 'always' | 'never' | undefined; readonly output: string | undefined },
  { env, stdout }: Pick<Io, 'env' | 'stdout'>,
): ReportOptions['color'] {
  if (color === 'never') return 0;
  if (color === 'always') return Math.max(1, terminalLevel(env)) as ReportOptions['color'];
  // https://no-color.org: any value but the empty one.
  if (env['NO_COLOR']) return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forcedLevel(forced, env);
  return output === undefined && stdout.isTTY ? terminalLevel(env) : 0;
}

function forcedLevel(forced: string, env: Io['env']): ReportOptions['color'] {
  if (forced === 'false') return 0;
  if (/^[0-3]$/.test(forced)) return Number(forced) as ReportOptions['color'];
  return Math.max(1, terminalLevel(env)) as ReportOptions['color'];
}

function terminalLevel({ TERM = '', COLORTERM = '' }: Io['env']): ReportOptions['color'] {
  if (TERM === 'dumb') return 0;
  if (/^(truecolor|24bit)$/.test(COLORTERM)) return 3;
  return TERM.includes('256') ? 2 : 1;
}
