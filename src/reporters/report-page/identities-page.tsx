import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { IdentityData } from '../html-report/report-data.js';
import type { PageProps } from './page-props.js';
import { ChoiceFilter, TextFilter } from './filters.js';
import { HeatMap } from './heat-map.js';
import { identityWord } from './identity-word.js';
import type { Model } from './model.js';
import { linkTo, type Route } from './route.js';
import { countOf, whole } from './words.js';

export function IdentitiesPage({ model, route }: PageProps): JSX.Element {
  const { identities, kinds, score, principals } = model.data;
  const shown = useMemo(() => filtered(model, route), [model, route]);
  const types = useMemo(
    () =>
      [
        ...new Set(identities.map(identity => identityWord(identity, principals[identity.principal]!))),
      ].sort(),
    [identities, principals],
  );
  return (
    <>
      <h1>Identities</h1>
      <p class="lead">
        What each holds beyond what it is known to need, from 0 to 100, by kind of access. <strong>?</strong>{' '}
        not all was read, <strong>e</strong> may be activated. {whole(score.withoutAccess)} more users and
        service principals hold nothing.
      </p>
      <div class="filters" role="search">
        <TextFilter route={route} name="text" label="Name or id" />
        <ChoiceFilter
          route={route}
          name="type"
          label="Type"
          choices={types.map(type => ({ value: type, title: type }))}
        />
        <ChoiceFilter
          route={route}
          name="kind"
          label="Has"
          choices={kinds.map(({ id, title }) => ({ value: id, title }))}
        />
        {route.filters.size > 0 && (
          <a class="clear" href={linkTo('identities')}>
            Clear
          </a>
        )}
      </div>
      <p class="found" role="status">
        {countOf(shown.length, 'identity', 'identities')}
        {route.filters.has('kind') && ', those with most points of that kind first'}
      </p>
      <HeatMap model={model} identities={shown} />
    </>
  );
}

function filtered({ data }: Model, { filters }: Route): readonly IdentityData[] {
  const text = filters.get('text')?.trim().toLowerCase() ?? '';
  const type = filters.get('type') ?? '';
  const kind = data.kinds.findIndex(({ id }) => id === filters.get('kind'));
  const [from, to] = [Number(filters.get('from') ?? Number.NaN), Number(filters.get('to') ?? Number.NaN)];
  const found = data.identities.filter(identity => {
    const principal = data.principals[identity.principal]!;
    if (text !== '' && !`${principal.id} ${principal.name?.toLowerCase()}`.includes(text)) return false;
    if (type !== '' && identityWord(identity, principal) !== type) return false;
    if (kind >= 0 && pointsOf(identity, kind) === 0) return false;
    return isWithin(identity.figure, from, to);
  });
  return kind < 0 ? found : found.sort((a, b) => pointsOf(b, kind) - pointsOf(a, kind));
}

function pointsOf({ cells }: IdentityData, kind: number): number {
  const cell = cells.find(each => each.kind === kind);
  return cell === undefined ? 0 : cell.points + (cell.eligible ?? 0) / 1000;
}

/** As the bands of the score: without the lower end, but for those of nothing. */
function isWithin(figure: number, from: number, to: number): boolean {
  if (Number.isNaN(from) || Number.isNaN(to)) return true;
  return to === 0 ? figure === 0 : figure > from && figure <= to;
}
