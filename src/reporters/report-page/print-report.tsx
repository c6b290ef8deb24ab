import { type JSX, options } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CauseData } from '../html-report/report-data.js';
import { ChangeRow } from './change-row.js';
import type { Model } from './model.js';
import { Score } from './score.js';
import { SeverityTag, severityNames } from './severity.js';
import { atLeast, countOf, points, whole } from './words.js';

/** Whether the page is being printed: what is out of sight on the screen must be on the paper. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(() => matchMedia('print').matches);
  useEffect(() => {
    const list = matchMedia('print');
    const change = (to: boolean): void => {
      // The browser prints what is there when the event is over.
      options.debounceRendering = render => render();
      setPrinting(to);
      delete (options as { debounceRendering?: unknown }).debounceRendering;
    };
    const onBefore = (): void => change(true);
    const onAfter = (): void => change(false);
    const onChange = (): void => change(list.matches);
    addEventListener('beforeprint', onBefore);
    addEventListener('afterprint', onAfter);
    list.addEventListener('change', onChange);
    return () => {
      removeEventListener('beforeprint', onBefore);
      removeEventListener('afterprint', onAfter);
      list.removeEventListener('change', onChange);
    };
  }, []);
  return isPrinting;
}

/** All that matters, one below the other, on paper. */
export function PrintReport({ model }: { readonly model: Model }): JSX.Element {
  const { tenant, summary, gaps, open, changes, causes, identities, principals, notices, left } = model.data;
  return (
    <main class="print" data-page="print">
      <h1>Azure access: {tenant.tenantId ?? tenant.source}</h1>
      <p class="lead">
        {tenant.collectedAt !== null && `As collected ${tenant.collectedAt}. `}
        {countOf(tenant.subscriptions, 'subscription')}, {countOf(tenant.principals, 'principal')},{' '}
        {countOf(tenant.roleAssignments, 'role assignment')}. {countOf(summary.findings, 'finding')} (
        {severityNames.map(severity => `${summary[severity]} ${severity}`).join(', ')}) of{' '}
        {countOf(summary.causes, 'cause')}; {whole(summary.suppressed)} suppressed;{' '}
        {countOf(summary.paths, 'path')} to control.
      </p>
      {(gaps.length > 0 || !tenant.isComplete || open.length > 0) && (
        <section class="warning">
          <strong>Not everything was read.</strong>
          <ul>
            {gaps.slice(0, maxNotes).map(({ what, scope, reason }, at) => (
              <li key={at}>
                {what} at {model.scopeTitle(scope)}: {reason}
              </li>
            ))}
            {open.slice(0, maxNotes).map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <Rest all={gaps.length} shown={maxNotes} what="gap" />
          <Rest all={open.length} shown={maxNotes} what="consequence" />
        </section>
      )}
      <Score model={model} />
      <h2>Fix first</h2>
      <ol class="plain-list changes">
        {changes.slice(0, maxChanges).map((change, at) => (
          <li key={at}>
            <ChangeRow model={model} change={change} number={at + 1} />
          </li>
        ))}
      </ol>
      <Rest all={changes.length} shown={maxChanges} what="change" />
      <h2>Causes</h2>
      {causes.slice(0, maxCauses).map(cause => (
        <Cause key={cause.id} model={model} cause={cause} />
      ))}
      <Rest all={causes.length} shown={maxCauses} what="cause" />
      <h2>Most exposed identities</h2>
      <ul class="plain-list">
        {identities.slice(0, maxIdentities).map(identity => (
          <li key={identity.principal}>
            <strong>{atLeast(identity.figure, identity.upTo)}</strong>{' '}
            {model.principalName(identity.principal)}{' '}
            <span class="muted">{principals[identity.principal]!.id}</span>:{' '}
            {identity.cells
              .filter(cell => cell.points > 0)
              .map(cell => `${model.data.kinds[cell.kind]!.title} ${points(cell.points)}`)
              .join(', ')}
          </li>
        ))}
      </ul>
      <Rest all={identities.length} shown={maxIdentities} what="identity" many="identities" />
      <h2>Notices</h2>
      <ul>
        {[...left, ...notices.slice(0, maxNotes).map(({ message }) => message)].map((text, at) => (
          <li key={at}>{text}</li>
        ))}
      </ul>
      <Rest all={notices.length} shown={maxNotes} what="notice" />
    </main>
  );
}

/** More is no longer read on paper, and takes browsers minutes to lay out. */
const maxCauses = 1_000;
const maxIdentities = 100;
const maxChanges = 25;
const maxNotes = 100;

interface RestProps {
  readonly all: number;
  readonly shown: number;
  readonly what: string;
  readonly many?: string;
}

function Rest({ all, shown, what, many }: RestProps): JSX.Element | null {
  if (all <= shown) return null;
  return (
    <p class="cap">
      <strong>
        {countOf(all - shown, `more ${what}`, many === undefined ? undefined : `more ${many}`)} not printed.
      </strong>{' '}
      The page on the screen and the JSON report have all of them.
    </p>
  );
}

function Cause({ model, cause }: { readonly model: Model; readonly cause: CauseData }): JSX.Element {
  const { rules, findings } = model.data;
  const rule = rules[cause.rule]!;
  const [first, ...others] = cause.findings.map(number => findings[number]!);
  return (
    <div class="printed-cause">
      <p>
        <SeverityTag of={cause.severity} /> {cause.message}
      </p>
      <p class="muted">
        {rule.id}: {countOf(cause.places, 'place')}, {countOf(cause.identities, 'identity', 'identities')}.{' '}
        {rule.fix}
      </p>
      {others.length > 0 && (
        <ul>
          {[first!, ...others].slice(0, maxPlaces).map(finding => (
            <li key={finding.fingerprint}>{finding.message}</li>
          ))}
          {others.length + 1 > maxPlaces && <li>and {others.length + 1 - maxPlaces} more</li>}
        </ul>
      )}
    </div>
  );
}

const maxPlaces = 5;
