import type { JSX } from 'preact';
import { linkTo } from './route.js';
import { countOf } from './words.js';

interface UnlistedProps {
  /** One of them. */
  readonly what: string;
  /** How many of the whole tenant are in no list. */
  readonly number: number;
}

/** Says below a list that there may be more than it has. */
export function Unlisted({ what, number }: UnlistedProps): JSX.Element | null {
  if (number === 0) return null;
  return (
    <p class="muted unlisted">
      {countOf(number, what)} of the tenant {number === 1 ? 'is' : 'are'} not in this report: there may be
      more here than is listed. <a href={linkTo('not-analysed')}>What is not listed</a>
    </p>
  );
}
