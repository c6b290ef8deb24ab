import type { JSX } from 'preact';
import type { CauseData } from '../html-report/report-data.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { SeverityTag } from './severity.js';
import { countOf } from './words.js';

/** The cells of one cause in a table. */
export function CauseRow({
  model,
  cause,
}: {
  readonly model: Model;
  readonly cause: CauseData;
}): JSX.Element {
  const { id, severity, message, rule, places, identities } = cause;
  return (
    <>
      <span role="cell">
        <SeverityTag of={severity} />
      </span>
      <span role="cell" class="message">
        <a href={linkTo('finding', id)} title={message}>
          {message}
        </a>
      </span>
      <span role="cell" class="muted rule">
        {model.data.rules[rule]!.id}
      </span>
      <span role="cell" class="muted right places">
        {countOf(places, 'place')}
        {identities > 0 && `, ${countOf(identities, 'identity', 'identities')}`}
      </span>
    </>
  );
}
