import type { JSX } from 'preact';
import type { PageProps } from './page-props.js';
import { Bar } from './bar.js';
import { ChangeRow } from './change-row.js';
import { figureClass } from './figure-class.js';
import { HeatMap } from './heat-map.js';
import { CauseRow } from './cause-row.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { Score } from './score.js';
import { SeverityTag, severityNames } from './severity.js';
import { countOf, whole } from './words.js';

export function OverviewPage({ model }: PageProps): JSX.Element {
  const { data } = model;
  return (
    <>
      <h1>Azure access</h1>
      <p class="lead">
        {data.tenant.tenantId === null ? 'A tenant' : `Tenant ${data.tenant.tenantId}`}
        {data.tenant.collectedAt !== null && `, as collected ${data.tenant.collectedAt}`}:{' '}
        {countOf(data.tenant.subscriptions, 'subscription')},{' '}
        {countOf(data.tenant.managementGroups, 'management group')},{' '}
        {countOf(data.tenant.principals, 'principal')},{' '}
        {countOf(data.tenant.roleAssignments, 'role assignment')}.
      </p>
      <NotWhole model={model} />
      <div class="columns">
        <Score model={model} />
        <SeverityBars model={model} />
        <PathsCard model={model} />
      </div>
      <section aria-labelledby="fix-title">
        <h2 id="fix-title">
          Fix first <a href={linkTo('changes')}>all {data.changes.length}</a>
        </h2>
        <p class="muted">Changes ranked by how much access each removes.</p>
        {data.changes.length === 0 && (
          <p class="empty">No change of a single assignment or role lowers any figure.</p>
        )}
        <ol class="plain-list changes">
          {data.changes.slice(0, maxChanges).map((change, at) => (
            <li key={at}>
              <ChangeRow model={model} change={change} number={at + 1} />
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="causes-title">
        <h2 id="causes-title">
          Worst causes <a href={linkTo('findings')}>all {whole(data.summary.causes)}</a>
        </h2>
        {data.causes.length === 0 && <p class="empty">No findings.</p>}
        <ul class="plain-list causes">
          {data.causes.slice(0, maxCauses).map(cause => (
            <li key={cause.id} class="row cause">
              <CauseRow model={model} cause={cause} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="identities-title">
        <h2 id="identities-title">
          Most exposed identities <a href={linkTo('identities')}>all {whole(data.score.identities)}</a>
        </h2>
        <HeatMap model={model} identities={data.identities.slice(0, maxIdentities)} />
      </section>
    </>
  );
}

const maxChanges = 5;
const maxCauses = 8;
const maxIdentities = 10;

/** What must not be overlooked. */
function NotWhole({ model }: { readonly model: Model }): JSX.Element | null {
  const { gaps, tenant, open, left } = model.data;
  if (gaps.length === 0 && tenant.isComplete && open.length === 0) return null;
  return (
    <aside class="warning" role="note">
      <strong>Not everything was read.</strong>{' '}
      {gaps.length > 0 && `${countOf(gaps.length, 'part')} of the tenant could not be read. `}
      {!tenant.isComplete && 'Parts of the snapshot are missing. '}
      It is not in this report, and figures with ≥ may be higher.{' '}
      <a href={linkTo('not-analysed')}>What was not analysed</a>
      {left.length > 0 && <span class="muted"> Not all of it is listed here.</span>}
    </aside>
  );
}

function SeverityBars({ model }: { readonly model: Model }): JSX.Element {
  const { summary, causes } = model.data;
  const most = Math.max(1, ...severityNames.map(severity => summary[severity]));
  return (
    <section class="card" aria-labelledby="findings-title">
      <h2 id="findings-title">
        {countOf(summary.findings, 'finding')} of {countOf(summary.causes, 'cause')}
      </h2>
      <table class="bars">
        <thead class="hidden">
          <tr>
            <th>Severity</th>
            <th>Share</th>
            <th>Findings</th>
            <th>Causes</th>
          </tr>
        </thead>
        <tbody>
          {severityNames.map(severity => (
            <tr key={severity}>
              <th>
                <a href={linkTo('findings', '', { severity })}>
                  <SeverityTag of={severity} />
                </a>
              </th>
              <td class="wide">
                <Bar value={summary[severity]} of={most} className={severity} />
              </td>
              <td class="right" data-count={severity}>
                {whole(summary[severity])}
              </td>
              <td class="right muted">
                {countOf(causes.filter(cause => cause.severity === severity).length, 'cause')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        {summary.suppressed > 0 ? (
          <a href={linkTo('suppressed')}>{whole(summary.suppressed)} suppressed</a>
        ) : (
          'None suppressed'
        )}
        . Rules looked at {countOf(summary.roleDefinitions, 'role definition')}.
      </p>
    </section>
  );
}

function PathsCard({ model }: { readonly model: Model }): JSX.Element {
  const { summary, targets, paths } = model.data;
  const reached = targets.filter(target => target.reached > 0).length;
  const shortest = paths[0]?.stepCount;
  return (
    <section class="card" aria-labelledby="paths-title">
      <h2 id="paths-title">Paths to control</h2>
      <p class={`figure ${figureClass(summary.paths > 0 ? 70 : 0)}`}>
        <span class="large">{whole(summary.paths)}</span>
      </p>
      <p>
        {summary.paths === 0
          ? 'No identity can take over a subscription or management group that it does not already control.'
          : `ways to come to control of ${countOf(reached, 'scope')}${shortest === undefined ? '' : `, the shortest in ${countOf(shortest, 'step')}`}.`}
      </p>
      {summary.paths > 0 && (
        <p>
          <a href={linkTo('paths')}>See them</a>
        </p>
      )}
    </section>
  );
}
