import type { JSX } from 'preact';
import type { PageProps } from './page-props.js';
import { ChangeRow } from './change-row.js';
import { points } from './words.js';

export function ChangesPage({ model }: PageProps): JSX.Element {
  const { changes, score } = model.data;
  return (
    <>
      <h1>Fix first</h1>
      <p class="lead">
        All figures together are {points(score.sum)}. Each line says how much of that one change takes away,
        worked out for every identity that it affects; a change of several steps is ranked by what each step
        removes. What two lines remove together may be less or more than both numbers.
      </p>
      {changes.length === 0 && (
        <p class="empty">No change of a single assignment or role lowers any figure.</p>
      )}
      <ol class="plain-list changes">
        {changes.map((change, at) => (
          <li key={at}>
            <ChangeRow model={model} change={change} number={at + 1} />
          </li>
        ))}
      </ol>
    </>
  );
}
