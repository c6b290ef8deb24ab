import { fitted } from '../../text/break-long.js';
import type { Paint } from '../paint.js';

/** How the text report of one file is laid out. */
export interface TextPage {
  readonly paint: Paint;
  readonly columns: number;
  /** Whether each finding says why it matters. */
  readonly verbose: boolean;
  /** What was said of this file: nothing is said twice. */
  readonly shown: Set<string>;
}

/** In front of all that is said of a finding. */
export const bodyIndent = ' '.repeat(9);

/** How many columns there are behind {@link bodyIndent}. */
export function bodyRoom({ columns }: Pick<TextPage, 'columns'>): number {
  return columns - bodyIndent.length;
}

/** Lines of the body of a finding. */
export function bodyLines(text: string, page: Pick<TextPage, 'columns'>): string[] {
  return fitted(text, bodyRoom(page)).map(line => `${bodyIndent}${line}`);
}
