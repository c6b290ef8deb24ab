import type { Severity } from '../lint/engine/rule.js';
import type { ReportOptions } from './reporter.js';

/** Adds colour, or nothing. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  place(text: string): string;
  title(text: string): string;
  mark(text: string): string;
  muted(text: string): string;
}

/** Loads chalk only where there is colour to add. chalk does not look at NO_COLOR: the level is the caller's. */
export async function paintFor(level: ReportOptions['color']): Promise<Paint> {
  if (level === 0)
    return { severity: (_, text) => text, place: plain, title: plain, mark: plain, muted: plain };
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level });
  const bySeverity = {
    critical: chalk.bold.white.bgRed,
    high: chalk.bold.red,
    medium: chalk.yellow,
    low: chalk.blue,
    info: chalk.cyan,
  };
  return {
    severity: (severity, text) => bySeverity[severity](text),
    place: text => chalk.bold(text),
    title: text => chalk.bold(text),
    mark: text => chalk.red(text),
    muted: text => chalk.dim(text),
  };
}

function plain(text: string): string {
  return text;
}
