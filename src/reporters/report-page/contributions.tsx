import type { JSX } from 'preact';
import type { ContributionData, ContributionNumber } from '../html-report/report-data.js';
import { PrincipalLink, RoleLink, ScopeLink } from './links.js';
import type { Model } from './model.js';
import { countOf, reachWords, whole } from './words.js';

interface ContributionsProps {
  readonly model: Model;
  readonly contributions: readonly ContributionNumber[];
}

/** Assignments that give access of some kind, down to strings and operations. */
export function Contributions({ model, contributions }: ContributionsProps): JSX.Element {
  return (
    <ul class="contributions">
      {contributions.map(number => (
        <li key={number}>
          <Contribution model={model} contribution={model.data.contributions[number]!} />
        </li>
      ))}
    </ul>
  );
}

function Contribution({
  model,
  contribution,
}: {
  readonly model: Model;
  readonly contribution: ContributionData;
}): JSX.Element {
  const { assignment: number, via = [], reach, isConditional, patterns, morePatterns } = contribution;
  const assignment = model.data.assignments[number]!;
  const strings = model.data.patterns[patterns]!;
  return (
    <>
      <p>
        <RoleLink model={model} number={assignment.role} /> at{' '}
        <ScopeLink model={model} number={assignment.scope} /> <span class="muted">({reachWords[reach]})</span>
        {via.length > 0 && (
          <>
            {' '}
            through{' '}
            {via.map((group, at) => (
              <span key={group}>
                {at > 0 && ' › '}
                <PrincipalLink model={model} number={group} />
              </span>
            ))}
          </>
        )}
        {isConditional === true && <span class="tag">conditional: counts half</span>}
        {assignment.state === 'passing' && <span class="tag">ends by itself</span>}
      </p>
      {assignment.condition !== undefined && <pre class="condition">{assignment.condition}</pre>}
      <ul class="patterns">
        {strings.map(({ pattern, list, count: operations, operations: named }) => (
          <li key={`${list} ${pattern}`}>
            <code>{pattern}</code>{' '}
            <span class="muted">
              in {list}: {countOf(operations, 'operation')}
              {(named.length !== 1 || named[0] !== pattern) && `, such as ${named.slice(0, 3).join(', ')}`}
              {operations > 3 &&
                named.length > 0 &&
                ` and ${whole(operations - Math.min(3, named.length))} more`}
            </span>
          </li>
        ))}
        {morePatterns !== undefined && (
          <li class="muted">{countOf(morePatterns, 'more string')} of the role.</li>
        )}
      </ul>
    </>
  );
}
