import type { JSX } from 'preact';
import type { IdentityData } from '../html-report/report-data.js';
import { Bar } from './bar.js';
import { figureClass } from './figure-class.js';
import { HeatCells } from './heat.js';
import { PrincipalLink } from './links.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { VirtualRows } from './virtual-rows.js';
import { atLeast } from './words.js';
import { identityWord } from './identity-word.js';

interface HeatMapProps {
  readonly model: Model;
  readonly identities: readonly IdentityData[];
}

/** Identities by kinds of access. */
export function HeatMap({ model, identities }: HeatMapProps): JSX.Element {
  const { kinds, principals } = model.data;
  return (
    <div class="scroll-x">
      <VirtualRows
        label="Identities by kinds of access"
        className="heat-map"
        count={identities.length}
        height={34}
        headers={['Figure', 'Identity', '', ...kinds.map(({ title }) => title)]}
        href={at => linkTo('identity', principals[identities[at]!.principal]!.id)}
        empty="No identities."
        row={at => {
          const identity = identities[at]!;
          return (
            <>
              <span role="cell" class={`figure ${figureClass(identity.figure)}`}>
                <Bar value={identity.figure} upTo={identity.upTo} of={100} />
                <strong>{atLeast(identity.figure, identity.upTo)}</strong>
              </span>
              <span role="cell" class="who">
                <PrincipalLink model={model} number={identity.principal} />
              </span>
              <span role="cell" class="muted type">
                {identityWord(identity, principals[identity.principal]!)}
              </span>
              <HeatCells identity={identity} kinds={kinds} />
            </>
          );
        }}
      />
    </div>
  );
}
