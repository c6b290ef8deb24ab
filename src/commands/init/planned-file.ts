import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a set-up, and what is to become of it. */
export interface PlannedFile {
  /** Relative to the working directory. */
  readonly path: string;
  /** `by-hand`: it is there, and adding to it could break it. */
  readonly action: 'create' | 'extend' | 'keep' | 'by-hand';
  /** What is written, or is to be added by hand; empty where nothing is. */
  readonly text: string;
  /** The whole file as it will be, where something is written. */
  readonly content?: string;
  /** The whole file as it was, where it is extended. */
  readonly before?: string;
}

/** Whether the plan changes the file. */
export function isWritten({ action }: PlannedFile): boolean {
  return action === 'create' || action === 'extend';
}

/** A file that is created, or kept where it is there. */
export function created(folder: string, path: string, text: string): PlannedFile {
  if (existsSync(join(folder, path))) return { path, action: 'keep', text: '' };
  return { path, action: 'create', text, content: text };
}

/** The text of a file; undefined where there is none. */
export function fileTextIn(folder: string, path: string): string | undefined {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return undefined;
  }
}
