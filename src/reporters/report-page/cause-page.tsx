import type { JSX } from 'preact';
import type { CauseData, FindingData } from '../html-report/report-data.js';
import type { PageProps } from './page-props.js';
import { AssignmentsTable } from './assignments-table.js';
import { Commands } from './commands.js';
import { ScopeId, ScopeLink, ScopeText, PrincipalWithType, RoleLink } from './links.js';
import { Missing } from './missing.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { SeverityTag } from './severity.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';
import { countOf, kindWord } from './words.js';

/** A cause, by its id or by the fingerprint of one of its findings. */
export function CausePage({ model, route }: PageProps): JSX.Element {
  const finding = model.findingByFingerprint().get(route.id);
  const cause = model.causeById().get(route.id) ?? (finding && model.causeOfFinding().get(finding));
  if (cause === undefined) return <Missing what="finding" id={route.id} />;
  const rule = model.data.rules[cause.rule]!;
  const findings = cause.findings.map(number => model.data.findings[number]!);
  const assignments = cause.assignments?.map(number => model.data.assignments[number]!);
  return (
    <article>
      <p class="crumbs">
        <a href={linkTo('findings')}>Findings</a> ›{' '}
        <a href={linkTo('findings', '', { rule: rule.id })}>{rule.id}</a>
      </p>
      <h1>{rule.title}</h1>
      <p class="lead message-full">
        <SeverityTag of={cause.severity} />{' '}
        {finding !== undefined && findings.length > 1 ? finding.message : cause.message}
      </p>
      <dl class="facts">
        <Subject model={model} cause={cause} />
        <div>
          <dt>Concerns</dt>
          <dd>
            {countOf(cause.places, 'place')}, {countOf(cause.identities, 'identity', 'identities')},{' '}
            {countOf(cause.scopes, 'scope')}
          </dd>
        </div>
        {cause.widest !== null && (
          <div>
            <dt>Widest scope</dt>
            <dd>
              <ScopeId model={model} text={cause.widest} />
            </dd>
          </div>
        )}
      </dl>
      <section>
        <h2>Why it matters</h2>
        <p class="prose">{rule.why}</p>
      </section>
      <section>
        <h2>What to do</h2>
        <p class="prose">{rule.fix}</p>
        <Commands commands={cause.commands} />
        <p>
          <SafeLink href={rule.helpUri}>About the rule {rule.id}</SafeLink>
        </p>
      </section>
      <section>
        <h2>{countOf(findings.length, 'finding')}</h2>
        <FindingsTable model={model} findings={findings} />
        {finding !== undefined && finding.related.length > 0 && (
          <ul>
            {finding.related.map(message => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        )}
      </section>
      {assignments !== undefined && (
        <section>
          <h2>Where the role is assigned</h2>
          <AssignmentsTable model={model} assignments={assignments} />
          {cause.places > assignments.length && (
            <p class="muted">{countOf(cause.places - assignments.length, 'more place')} not listed here.</p>
          )}
        </section>
      )}
    </article>
  );
}

function Subject({ model, cause }: { readonly model: Model; readonly cause: CauseData }): JSX.Element {
  const { kind, name, id } = cause.subject;
  const role = id === null ? undefined : model.roleByGuid().get(id);
  const principal = id === null ? undefined : model.principalById().get(id);
  return (
    <div>
      <dt>{kindWord(kind)}</dt>
      <dd>
        {role !== undefined ? (
          <RoleLink model={model} number={role} />
        ) : principal !== undefined ? (
          <PrincipalWithType model={model} number={principal} />
        ) : kind === 'scope' && id !== null ? (
          <ScopeText model={model} text={id} />
        ) : (
          <span class="clamp">{name}</span>
        )}
      </dd>
    </div>
  );
}

function FindingsTable({
  model,
  findings,
}: {
  readonly model: Model;
  readonly findings: readonly FindingData[];
}): JSX.Element {
  const height = useNarrow() ? 104 : 52;
  return (
    <VirtualRows
      label="Findings of this cause"
      className="findings"
      count={findings.length}
      height={height}
      headers={['Finding', 'Who', 'Where', 'In']}
      row={at => {
        const { message, principal, scope, at: place } = findings[at]!;
        return (
          <>
            <span role="cell" class="two-lines" title={message}>
              {message}
            </span>
            <span role="cell">
              {principal >= 0 && <PrincipalWithType model={model} number={principal} />}
            </span>
            <span role="cell">{scope >= 0 && <ScopeLink model={model} number={scope} />}</span>
            <span role="cell" class="muted mono" title={place}>
              {place}
            </span>
          </>
        );
      }}
    />
  );
}

/** Only to the web, whatever a rule of somebody's own says. */
function SafeLink({ href, children }: { readonly href: string; readonly children: unknown }): JSX.Element {
  if (!/^https?:\/\//i.test(href)) return <span>{children as string}</span>;
  return (
    <a href={href} rel="noopener noreferrer" target="_blank">
      {children as string}
    </a>
  );
}
