import type { JSX } from 'preact';
import type { PageProps } from './page-props.js';
import { ChoiceFilter, TextFilter } from './filters.js';
import { ResultsList } from './results-list.js';
import { countOf } from './words.js';

const statuses = ['fail', 'excess', 'unknown', 'pass'] as const;

export function ExpectationsPage({ model, route }: PageProps): JSX.Element {
  const { expected } = model.data;
  if (expected === undefined)
    return (
      <>
        <h1>Expectations</h1>
        <p>
          No needs were declared (--expect). <code>azrbac audit --expect access.yaml</code> checks it.
        </p>
      </>
    );
  const text = route.filters.get('text')?.trim().toLowerCase() ?? '';
  const status = route.filters.get('status') ?? '';
  const shown = expected.results.filter(
    result =>
      (status === '' || result.status === status) &&
      `${result.identity} ${model.scopeTitle(result.scope ?? '')} ${result.actionSets.join(' ')}`
        .toLowerCase()
        .includes(text),
  );
  return (
    <>
      <h1>Expectations</h1>
      <p class="lead">
        What identities hold against what they need:{' '}
        {countOf(expected.identities.length, 'identity', 'identities')},{' '}
        {statuses
          .map(each => `${expected.identities.filter(identity => identity.status === each).length} ${each}`)
          .join(', ')}
        .
      </p>
      <div class="filters" role="search">
        <TextFilter route={route} name="text" label="Text" />
        <ChoiceFilter
          route={route}
          name="status"
          label="Status"
          choices={statuses.map(value => ({ value, title: value }))}
        />
      </div>
      <p class="found" role="status">
        {countOf(shown.length, 'result')}
      </p>
      <ResultsList model={model} results={shown} />
    </>
  );
}
