import type { JSX } from 'preact';
import type { PageProps } from './page-props.js';
import { SeverityTag } from './severity.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';
import { countOf } from './words.js';

const ways: Readonly<Record<string, string>> = {
  config: 'by the configuration',
  inline: 'by a comment',
  baseline: 'by the baseline',
};

export function SuppressedPage({ model }: PageProps): JSX.Element {
  const { suppressed, rules } = model.data;
  const height = useNarrow() ? 120 : 52;
  return (
    <>
      <h1>Suppressed</h1>
      <p class="lead">
        {countOf(suppressed.length, 'finding')} that were accepted. They are in none of the other numbers of
        findings; figures and paths know nothing of suppressions.
      </p>
      <VirtualRows
        label="Suppressed findings"
        className="suppressed"
        count={suppressed.length}
        height={height}
        headers={['Severity', 'Finding', 'Rule', 'Accepted']}
        empty="Nothing was suppressed."
        row={at => {
          const { finding, by, reason } = suppressed[at]!;
          return (
            <>
              <span role="cell">
                <SeverityTag of={finding.severity} />
              </span>
              <span role="cell" class="two-lines" title={finding.message}>
                {finding.message}
              </span>
              <span role="cell" class="muted">
                {rules[finding.rule]!.id}
              </span>
              <span role="cell" class="two-lines" title={reason ?? ''}>
                {ways[by] ?? by}
                {reason !== null && `: ${reason}`}
              </span>
            </>
          );
        }}
      />
    </>
  );
}
