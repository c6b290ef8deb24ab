import type { JSX } from 'preact';
import type { PageProps } from './page-props.js';
import { AssignmentsTable } from './assignments-table.js';
import { CausesList } from './causes-list.js';
import { ScopeLink, scopeWord } from './links.js';
import { Missing } from './missing.js';
import { scopeKey } from './model.js';
import { linkTo } from './route.js';
import { Unlisted } from './unlisted.js';
import { countOf, whole } from './words.js';

export function ScopePage({ model, route }: PageProps): JSX.Element {
  const number = model.scopeByText().get(scopeKey(route.id));
  if (number === undefined) return <Missing what="scope" id={route.id} />;
  const scope = model.data.scopes[number]!;
  const around = model.around(number);
  const within = model.nameAround(scope.text);
  const here = model.assignmentsAtScope().get(number) ?? [];
  const inherited = around.flatMap(outer => model.assignmentsAtScope().get(outer) ?? []);
  const denials = [number, ...around].flatMap(at => model.denialsAtScope().get(at) ?? []);
  const causes = model.causesOf(model.findingsAtScope().get(number) ?? []);
  const { unlisted } = model.data;
  const children = model.childrenOfScope().get(number) ?? [];
  const held = here.filter(({ state }) => state !== 'eligible').length;
  return (
    <article>
      <p class="crumbs">
        <a href={linkTo('scopes')}>Scopes</a>
        {around.map(outer => (
          <span key={outer}>
            {' › '}
            <ScopeLink model={model} number={outer} />
          </span>
        ))}
      </p>
      <h1>{scope.kind === 'root' ? 'The root' : model.scopeName(number)}</h1>
      <p class="lead">
        {scopeWord(scope.kind, scope.text)} · <code>{scope.text}</code>
        {scope.displayName === undefined && within !== undefined && ` · in ${within}`}
      </p>
      <section>
        <h2>Who holds what here</h2>
        <AssignmentsTable
          model={model}
          assignments={here}
          empty="No role is assigned at exactly this scope."
        />
        {scope.assignments > held && (
          <p class="muted">{countOf(scope.assignments - held, 'more assignment')} not listed here.</p>
        )}
        <Unlisted what="eligible assignment" number={unlisted.eligible} />
      </section>
      {around.length > 0 && (
        <section>
          <h2>Inherited from around it</h2>
          <AssignmentsTable
            model={model}
            assignments={inherited}
            label="Inherited role assignments"
            empty="Nothing that is listed."
          />
          <Unlisted what="role assignment" number={unlisted.assignments} />
        </section>
      )}
      {(denials.length > 0 || unlisted.denials > 0) && (
        <section>
          <h2>Denied here</h2>
          <ul class="plain-list">
            {denials.map(denial => (
              <li key={denial.id}>
                <strong>{denial.name ?? denial.id}</strong> at{' '}
                <ScopeLink model={model} number={denial.scope} />{' '}
                <span class="muted">
                  {countOf(denial.principals, 'principal')}, {denial.excluded} excluded:
                </span>{' '}
                {denial.patterns.map(pattern => (
                  <code key={pattern}>{pattern}</code>
                ))}
                {denial.morePatterns !== undefined && (
                  <span class="muted"> and {whole(denial.morePatterns)} more</span>
                )}
              </li>
            ))}
          </ul>
          <Unlisted what="deny assignment" number={unlisted.denials} />
        </section>
      )}
      {causes.length > 0 && (
        <section>
          <h2>{countOf(causes.length, 'cause')} here</h2>
          <CausesList model={model} causes={causes} />
        </section>
      )}
      {children.length > 0 && (
        <section>
          <h2>{countOf(children.length, 'scope')} directly in it</h2>
          <ul class="plain-list wrap">
            {children.slice(0, maxChildren).map(child => (
              <li key={child}>
                <ScopeLink model={model} number={child} />
              </li>
            ))}
          </ul>
          {children.length > maxChildren && (
            <p class="muted">
              and {children.length - maxChildren} more: see the <a href={linkTo('scopes')}>tree</a>
            </p>
          )}
        </section>
      )}
    </article>
  );
}

const maxChildren = 200;
