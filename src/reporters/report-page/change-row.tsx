import type { JSX } from 'preact';
import type { ChangeData } from '../html-report/report-data.js';
import { Bar } from './bar.js';
import { PrincipalWithType, RoleLink, ScopeLink } from './links.js';
import type { Model } from './model.js';
import { countOf, points } from './words.js';

interface ChangeProps {
  readonly model: Model;
  readonly change: ChangeData;
  readonly number: number;
}

/** What to do, and how much it removes. */
export function ChangeRow({ model, change, number }: ChangeProps): JSX.Element {
  const { score } = model.data;
  const percent = score.sum === 0 ? 0 : (change.removed / score.sum) * 100;
  return (
    <div class="change">
      <span class="rank">{number}</span>
      <span class="what">
        <Sentence model={model} change={change} />
      </span>
      <span class="effect">
        <Bar value={change.removed} of={score.sum} />
        <strong>−{points(change.removed)}</strong>
        <span class="muted">
          {' '}
          {percent >= 0.1 && `${points(percent)} %, `}
          {countOf(change.identities, 'identity', 'identities')}
          {change.steps > 1 && `, ${change.steps} steps`}
        </span>
      </span>
    </div>
  );
}

function Sentence({ model, change }: Omit<ChangeProps, 'number'>): JSX.Element {
  const { kind, role, principal, scopes, pattern, mayBecomeEligible, steps } = change;
  if (kind === 'remove-pattern')
    return (
      <>
        Take <code>{pattern}</code> out of the role <RoleLink model={model} number={role} />
      </>
    );
  return (
    <>
      {mayBecomeEligible ? 'Remove, or make eligible: ' : 'Remove '}
      <RoleLink model={model} number={role} /> of <PrincipalWithType model={model} number={principal} />
      {steps > 1 ? ` at all ${steps} places: ` : ' at '}
      {scopes.slice(0, maxScopes).map((scope, at) => (
        <span key={scope}>
          {at > 0 && ', '}
          <ScopeLink model={model} number={scope} />
        </span>
      ))}
      {steps > maxScopes && ' …'}
    </>
  );
}

const maxScopes = 3;
