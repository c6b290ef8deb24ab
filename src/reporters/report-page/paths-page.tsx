import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PageProps } from './page-props.js';
import { TextFilter } from './filters.js';
import { LayeredPicture } from './layered-picture.js';
import { PrincipalWithType, ScopeText } from './links.js';
import type { Model } from './model.js';
import { pictureOf } from './path-picture.js';
import { PathsList } from './paths-list.js';
import { linkTo, type Route } from './route.js';
import { Unlisted } from './unlisted.js';
import { countOf, whole } from './words.js';

export function PathsPage({ model, route }: PageProps): JSX.Element {
  const { data } = model;
  const shown = useMemo(() => filtered(model, route), [model, route]);
  const drawn = shown.slice(0, maxDrawn);
  const picture = useMemo(() => (drawn.length === 0 ? undefined : pictureOf(drawn, model)), [shown, model]);
  return (
    <>
      <h1>Paths to control</h1>
      <p class="lead">
        Ways to take over a subscription or management group without already controlling it. Paths that differ
        only in who starts them are grouped.
      </p>
      {data.paths.length === 0 ? (
        <p class="empty">No identity can take over a subscription or management group.</p>
      ) : (
        <div class="filters" role="search">
          <TextFilter route={route} name="from" label="From" />
          <TextFilter route={route} name="to" label="To control of" />
          {route.filters.size > 0 && (
            <a class="clear" href={linkTo('paths')}>
              Clear
            </a>
          )}
        </div>
      )}
      {picture !== undefined && (
        <LayeredPicture
          title={`${drawn.length} paths to control, from who starts to what is controlled`}
          {...picture}
        />
      )}
      {picture !== undefined && (
        <p class="muted">
          {shown.length > drawn.length && `The nearest ${drawn.length} are drawn; all are listed below. `}
          Wide lines: many can go there. Dashed lines: a step without which no path is left.
        </p>
      )}
      {data.paths.length > 0 && <PathsList model={model} paths={shown} />}
      <Unlisted what="further path" number={data.unlisted.paths} />
      {data.cuts.length > 0 && (
        <section>
          <h2>What cuts most of them</h2>
          <ul class="plain-list">
            {data.cuts.slice(0, maxCuts).map(({ role, scope, principal, cuts, of, to }, at) => (
              <li key={at}>
                Without {role ?? 'the role'} of <PrincipalWithType model={model} number={principal} /> at{' '}
                <ScopeText model={model} text={scope} />,{' '}
                <strong>
                  {whole(cuts)} of {countOf(of, 'identity', 'identities')}
                </strong>{' '}
                have no path left to <ScopeText model={model} text={to} />.
              </li>
            ))}
          </ul>
          <More all={data.cuts.length} shown={maxCuts} />
        </section>
      )}
      {data.targets.length > 0 && <Targets model={model} />}
    </>
  );
}

const maxDrawn = 12;
const maxCuts = 20;

const maxTargets = 200;

interface MoreProps {
  readonly all: number;
  readonly shown: number;
}

function More({ all, shown }: MoreProps): JSX.Element | null {
  return all > shown ? <p class="muted">and {whole(all - shown)} more, which the JSON report has.</p> : null;
}

function Targets({ model }: { readonly model: Model }): JSX.Element {
  const { targets, unlisted } = model.data;
  return (
    <section>
      <h2>Who is in control already</h2>
      <table class="plain">
        <thead>
          <tr>
            <th>Scope</th>
            <th class="right">In control</th>
            <th class="right">Can come to it</th>
          </tr>
        </thead>
        <tbody>
          {targets.slice(0, maxTargets).map(({ scope, owners, reached }) => (
            <tr key={scope}>
              <td>
                <ScopeText model={model} text={scope} />
              </td>
              <td class="right">{whole(owners)}</td>
              <td class="right">{whole(reached)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More all={targets.length + unlisted.targets} shown={maxTargets} />
    </section>
  );
}

function filtered(model: Model, { filters }: Route) {
  const [from, to] = ['from', 'to'].map(name => filters.get(name)?.trim().toLowerCase() ?? '') as [
    string,
    string,
  ];
  return model.data.paths.filter(path => {
    if (to !== '' && model.scopeTexts()[path.to]?.includes(to) !== true) return false;
    return from === '' || path.from.some(number => nameAndId(model, number).includes(from));
  });
}

function nameAndId(model: Model, number: number): string {
  const { id, name } = model.data.principals[number]!;
  return `${id} ${name?.toLowerCase() ?? ''}`;
}
