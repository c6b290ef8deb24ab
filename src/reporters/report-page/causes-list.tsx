import type { JSX } from 'preact';
import type { CauseData } from '../html-report/report-data.js';
import { CauseRow } from './cause-row.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';

interface CausesProps {
  readonly model: Model;
  readonly causes: readonly CauseData[];
}

export function CausesList({ model, causes }: CausesProps): JSX.Element {
  return (
    <VirtualRows
      label="Causes"
      className="causes"
      count={causes.length}
      height={useNarrow() ? 84 : 38}
      headers={['Severity', 'Cause', 'Rule', 'Concerns']}
      href={at => linkTo('finding', causes[at]!.id)}
      row={at => <CauseRow model={model} cause={causes[at]!} />}
    />
  );
}
