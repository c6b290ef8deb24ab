import type { JSX } from 'preact';
import type { CellData, IdentityData, KindData } from '../html-report/report-data.js';
import { points } from './words.js';

/** One kind of access of one identity: by colour and by number. */
export function HeatCell({
  cell,
  kind,
}: {
  readonly cell: CellData | undefined;
  readonly kind: KindData;
}): JSX.Element {
  const has = cell?.points ?? 0;
  const { upTo = has, eligible = 0 } = cell ?? {};
  const isOpen = upTo > has;
  const classes = ['heat', `h${shade(has)}`];
  if (isOpen) classes.push('open');
  if (eligible > 0) classes.push('eligible');
  return (
    <span role="cell" class={classes.join(' ')} title={sentence(kind, has, upTo, eligible)}>
      {has > 0 ? points(has) : isOpen ? '?' : eligible > 0 ? 'e' : <span aria-hidden="true">·</span>}
      {has > 0 && eligible > 0 && <sup>e</sup>}
    </span>
  );
}

/** Darker for more points. */
function shade(has: number): number {
  return shades.filter(least => has >= least).length;
}

const shades = [0.1, 2, 4, 8, 12];

function sentence({ title, weight }: KindData, has: number, upTo: number, eligible: number): string {
  const open = upTo > has ? `, perhaps ${points(upTo)}: not all was read` : '';
  const more = eligible > 0 ? `; ${points(eligible)} more if activated` : '';
  return `${title}: ${points(has)} of ${weight} points${open}${more}`;
}

/** All kinds of an identity, in their order. */
export function HeatCells({
  identity,
  kinds,
}: {
  readonly identity: IdentityData;
  readonly kinds: readonly KindData[];
}): JSX.Element {
  const byKind = new Map(identity.cells.map(cell => [cell.kind, cell]));
  return (
    <>
      {kinds.map((kind, number) => (
        <HeatCell key={kind.id} cell={byKind.get(number)} kind={kind} />
      ))}
    </>
  );
}
