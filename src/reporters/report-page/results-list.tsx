import type { JSX } from 'preact';
import type { OperationsData, ResultData } from '../html-report/report-data.js';
import { ScopeId } from './links.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { Slashed } from './slashed.js';
import { countOf, whole } from './words.js';

/** What identities hold against what they need, scope by scope. */
export function ResultsList({
  model,
  results,
}: {
  readonly model: Model;
  readonly results: readonly ResultData[];
}): JSX.Element {
  return (
    <ul class="plain-list results">
      {results.slice(0, maxListed).map((result, at) => (
        <li key={at} class="result">
          <p>
            <span class={`badge ${classes[result.status] ?? 'info'}`}>{result.status}</span>{' '}
            <strong>{result.identity}</strong>
            {result.actionSets.length > 0 && ` · ${result.actionSets.join(', ')}`}
            {result.scope !== null && (
              <>
                {' at '}
                <a href={linkTo('scope', result.scope)}>
                  <ScopeId model={model} text={result.scope} />
                </a>
              </>
            )}
          </p>
          <Operations title="missing" operations={result.missing} />
          <Operations title="only under a condition" operations={result.conditional} />
          <Operations title="forbidden" operations={result.forbidden} />
          <Operations title="too much" operations={result.excess} />
          {result.through.length > 0 && (
            <p class="muted">
              through {result.through.join('; ')}
              {result.moreThrough !== undefined && ` and ${whole(result.moreThrough)} more`}
            </p>
          )}
        </li>
      ))}
      {results.length > maxListed && (
        <li class="muted">{countOf(results.length - maxListed, 'more result')} not shown.</li>
      )}
    </ul>
  );
}

const maxListed = 500;

const classes: Readonly<Record<string, string>> = {
  fail: 'high',
  excess: 'medium',
  unknown: 'info',
  pass: 'pass',
};

interface OperationsProps {
  readonly title: string;
  readonly operations: OperationsData;
}

function Operations({ title, operations }: OperationsProps): JSX.Element | null {
  const { count: all, first: shown } = operations;
  if (shown.length === 0) return null;
  return (
    <p class="operations">
      <span class="muted">
        {title} ({whole(all)}):{' '}
      </span>
      {shown.map(operation => (
        <Slashed key={operation} text={operation} />
      ))}
      {all > shown.length && <span class="muted"> and {whole(all - shown.length)} more</span>}
    </p>
  );
}
