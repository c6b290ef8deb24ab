import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PageProps } from './page-props.js';
import { CauseRow } from './cause-row.js';
import { filterCauses, findingsOf } from './filter-causes.js';
import { ChoiceFilter, TextFilter, ToggleFilter } from './filters.js';
import type { Model } from './model.js';
import { linkTo, type Route, setFilter } from './route.js';
import { SeverityTag, severityNames } from './severity.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';
import { countOf, kindWord } from './words.js';

export function FindingsPage({ model, route }: PageProps): JSX.Element {
  const causes = useMemo(() => filterCauses(model, route), [model, route]);
  const isEach = route.filters.get('view') === 'each';
  const findings = useMemo(() => findingsOf(causes, model), [causes, model]);
  const height = useNarrow() ? 84 : 38;
  return (
    <>
      <h1>Findings</h1>
      <Filters model={model} route={route} />
      <p class="found" role="status">
        {countOf(causes.length, 'cause')}, {countOf(findings.length, 'finding')}
        <button type="button" class="link" onClick={() => setFilter(route, 'view', isEach ? '' : 'each')}>
          {isEach ? 'group by cause' : 'list each finding'}
        </button>
      </p>
      {isEach ? (
        <VirtualRows
          label="Findings"
          className="causes"
          count={findings.length}
          height={height}
          headers={['Severity', 'Finding', 'Rule', 'Where']}
          href={at => linkTo('finding', findings[at]!.fingerprint)}
          empty="No finding is left by these filters."
          row={at => {
            const finding = findings[at]!;
            return (
              <>
                <span role="cell">
                  <SeverityTag of={finding.severity} />
                </span>
                <span role="cell" class="message">
                  <a href={linkTo('finding', finding.fingerprint)} title={finding.message}>
                    {finding.message}
                  </a>
                </span>
                <span role="cell" class="muted rule">
                  {model.data.rules[finding.rule]!.id}
                </span>
                <span role="cell" class="muted right places" title={finding.at}>
                  {finding.at}
                </span>
              </>
            );
          }}
        />
      ) : (
        <VirtualRows
          label="Causes"
          className="causes"
          count={causes.length}
          height={height}
          headers={['Severity', 'Cause', 'Rule', 'Concerns']}
          href={at => linkTo('finding', causes[at]!.id)}
          empty="No cause is left by these filters."
          row={at => <CauseRow model={model} cause={causes[at]!} />}
        />
      )}
    </>
  );
}

function Filters({ model, route }: { readonly model: Model; readonly route: Route }): JSX.Element {
  const { rules, causes, summary } = model.data;
  const ruleChoices = useMemo(() => {
    const used = new Set(causes.map(({ rule }) => rules[rule]!.id));
    return [...used].sort().map(id => ({ value: id, title: id }));
  }, [causes, rules]);
  const kindChoices = useMemo(
    () =>
      [...new Set(causes.map(({ subject }) => subject.kind))]
        .sort()
        .map(kind => ({ value: kind, title: kindWord(kind) })),
    [causes],
  );
  const isAny = [...route.filters.keys()].some(name => name !== 'view');
  return (
    <div class="filters" role="search">
      <ToggleFilter
        route={route}
        name="severity"
        label="Severity"
        values={severityNames}
        countOf={severity => summary[severity as (typeof severityNames)[number]]}
      />
      <TextFilter route={route} name="text" label="Text" />
      <ChoiceFilter route={route} name="rule" label="Rule" choices={ruleChoices} />
      <ChoiceFilter route={route} name="kind" label="About a" choices={kindChoices} />
      <TextFilter route={route} name="scope" label="Scope" />
      <TextFilter route={route} name="identity" label="Identity" />
      {isAny && (
        <a class="clear" href={linkTo('findings')}>
          Clear
        </a>
      )}
    </div>
  );
}
