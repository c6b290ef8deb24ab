import type { JSX } from 'preact';
import type { CellData, IdentityData } from '../html-report/report-data.js';
import type { PageProps } from './page-props.js';
import { AssignmentsTable } from './assignments-table.js';
import { Bar } from './bar.js';
import { CausesList } from './causes-list.js';
import { figureClass } from './figure-class.js';
import { Contributions } from './contributions.js';
import { identityWord } from './identity-word.js';
import { Missing } from './missing.js';
import type { Model } from './model.js';
import { PathsList } from './paths-list.js';
import { ResultsList } from './results-list.js';
import { linkTo } from './route.js';
import { Unlisted } from './unlisted.js';
import { atLeast, countOf, points, typeWord } from './words.js';

export function IdentityPage({ model, route }: PageProps): JSX.Element {
  const number = model.principalById().get(route.id.toLowerCase());
  if (number === undefined) return <Missing what="identity" id={route.id} />;
  const principal = model.data.principals[number]!;
  const identity = model.identityOf(number);
  const causes = model.causesOf(model.findingsOfPrincipal().get(number) ?? []);
  const paths = model.pathsFrom().get(number) ?? [];
  const results = model.data.expected?.results.filter(result => result.principal === number) ?? [];
  return (
    <article>
      <p class="crumbs">
        <a href={linkTo('identities')}>Identities</a>
      </p>
      <h1>{principal.name || principal.id}</h1>
      <p class="lead">
        {identity === undefined ? typeWord(principal.type) : identityWord(identity, principal)}
        {principal.members !== undefined && ` of ${countOf(principal.members, 'identity', 'identities')}`} ·{' '}
        <code>{principal.id}</code>
        {identity?.isExpected === true && ' · what it needs is written down and not counted'}
      </p>
      {identity !== undefined && <Made model={model} identity={identity} />}
      {results.length > 0 && (
        <section>
          <h2>Against what it needs</h2>
          <ResultsList model={model} results={results} />
        </section>
      )}
      {paths.length > 0 && (
        <section>
          <h2>{countOf(paths.length, 'path')} to control</h2>
          <PathsList model={model} paths={paths} />
        </section>
      )}
      {causes.length > 0 && (
        <section>
          <h2>{countOf(causes.length, 'cause')} that concern it</h2>
          <CausesList model={model} causes={causes} />
        </section>
      )}
      <section>
        <h2>Role assignments of its own</h2>
        <AssignmentsTable
          model={model}
          assignments={model.assignmentsOfPrincipal().get(number) ?? []}
          empty="None that is listed."
        />
        <Unlisted what="role assignment" number={model.data.unlisted.assignments} />
        <Unlisted what="eligible assignment" number={model.data.unlisted.eligible} />
      </section>
    </article>
  );
}

/** The figure, taken apart. */
function Made({ model, identity }: { readonly model: Model; readonly identity: IdentityData }): JSX.Element {
  const cells = [...identity.cells].sort(
    (a, b) => b.points - a.points || maxOf(b) - maxOf(a) || a.kind - b.kind,
  );
  return (
    <section>
      <p class={`figure ${figureClass(identity.figure)}`}>
        <span class="large" id="figure">
          {atLeast(identity.figure, identity.upTo)}
        </span>{' '}
        of 100
        {identity.upTo > identity.figure && <span class="muted"> and perhaps {points(identity.upTo)}</span>}
      </p>
      {identity.unknown !== undefined && (
        <aside class="warning" role="note">
          {identity.unknown.map(reason => (
            <p key={reason}>{reason}</p>
          ))}
        </aside>
      )}
      <h2>What the figure is made of</h2>
      {cells.length === 0 && <p class="empty">It holds nothing that counts.</p>}
      {cells.map(cell => (
        <Cell key={cell.kind} model={model} cell={cell} />
      ))}
    </section>
  );
}

function maxOf({ points: has, upTo = has }: CellData): number {
  return upTo;
}

function Cell({ model, cell }: { readonly model: Model; readonly cell: CellData }): JSX.Element {
  const kind = model.data.kinds[cell.kind]!;
  const { upTo = cell.points, eligible = 0, more = 0, weaker = 0, activatable = [] } = cell;
  return (
    <div class="kind" data-kind={kind.id} data-points={cell.points}>
      <h3>
        {kind.title}
        <Bar
          value={cell.points}
          upTo={upTo}
          of={kind.weight}
          className={figureClass((cell.points / kind.weight) * 100)}
        />
        <span class="points">
          {atLeast(cell.points, upTo)} of {kind.weight}
        </span>
      </h3>
      <p class="muted">{kind.why}</p>
      <Contributions model={model} contributions={cell.because} />
      {more > 0 && <p class="muted">{countOf(more, 'more assignment')} that give as much.</p>}
      {weaker > 0 && (
        <p class="muted">{countOf(weaker, 'assignment')} that give less of it, which add nothing.</p>
      )}
      {cell.points === 0 && upTo > 0 && <p class="muted">Not known: something was not read.</p>}
      {eligible > 0 && (
        <div class="eligible-block">
          <p>
            <span class="tag">eligible</span> {points(eligible)} more points once activated
          </p>
          <Contributions model={model} contributions={activatable} />
        </div>
      )}
    </div>
  );
}
