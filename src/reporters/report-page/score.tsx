import type { JSX } from 'preact';
import { Bar } from './bar.js';
import { figureClass } from './figure-class.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { atLeast, countOf, points, whole } from './words.js';

/** The tenant's score, and what it is made of. */
export function Score({ model }: { readonly model: Model }): JSX.Element {
  const { score } = model.data;
  const most = Math.max(1, ...score.bands.map(({ identities }) => identities));
  return (
    <section class="card" aria-labelledby="score-title">
      <h2 id="score-title">Excess</h2>
      <p class={`figure ${figureClass(score.figure)}`}>
        <span class="large" id="score">
          {atLeast(score.figure, score.upTo)}
        </span>{' '}
        of 100
      </p>
      <p>
        The mean of the {score.of === 1 ? 'highest figure' : `${score.of} highest figures`} of{' '}
        {countOf(score.identities, 'identity', 'identities')} with access. All figures together:{' '}
        <span id="sum">{points(score.sum)}</span>.
        {score.open > 0 && ` ${countOf(score.open, 'figure')} may be higher: not all was read.`}
      </p>
      <table class="bars">
        <thead class="hidden">
          <tr>
            <th>Figure</th>
            <th>Share</th>
            <th>Identities</th>
          </tr>
        </thead>
        <tbody>
          {[...score.bands].reverse().map(({ from, to, identities }) => (
            <tr key={`${from} ${to}`}>
              <th>
                <a href={linkTo('identities', '', { from: `${from}`, to: `${to}` })}>
                  {to === 0 ? '0' : from === 0 ? `up to ${to}` : `over ${from}`}
                </a>
              </th>
              <td class="wide">
                <Bar value={identities} of={most} className={figureClass(to)} />
              </td>
              <td class="right">{whole(identities)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
