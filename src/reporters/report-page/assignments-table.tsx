import type { JSX } from 'preact';
import type { AssignmentData } from '../html-report/report-data.js';
import { PrincipalWithType, RoleLink, ScopeLink } from './links.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';

interface TableProps {
  readonly model: Model;
  readonly assignments: readonly AssignmentData[];
  readonly label?: string;
  readonly empty?: string;
}

/** Who has which role where. */
export function AssignmentsTable({
  model,
  assignments,
  label = 'Role assignments',
  empty,
}: TableProps): JSX.Element {
  const height = useNarrow() ? 78 : 34;
  return (
    <VirtualRows
      label={label}
      className="assignments"
      count={assignments.length}
      height={height}
      headers={['Who', 'Role', 'Where', '']}
      href={at => linkTo('identity', model.data.principals[assignments[at]!.principal]?.id ?? '')}
      empty={empty ?? 'No role assignments.'}
      row={at => {
        const { principal, role, scope, condition, state } = assignments[at]!;
        return (
          <>
            <span role="cell">
              <PrincipalWithType model={model} number={principal} />
            </span>
            <span role="cell">
              <RoleLink model={model} number={role} />
            </span>
            <span role="cell">
              <ScopeLink model={model} number={scope} />
            </span>
            <span role="cell" class="muted" title={condition ?? ''}>
              {state === 'eligible' && <span class="tag">eligible</span>}
              {state === 'passing' && <span class="tag">ends by itself</span>}
              {condition !== undefined && <span class="tag">condition</span>}
            </span>
          </>
        );
      }}
    />
  );
}
