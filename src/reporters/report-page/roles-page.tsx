import { compareText } from '../../compare-text.js';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RoleData } from '../html-report/report-data.js';
import type { PageProps } from './page-props.js';
import { ChoiceFilter, TextFilter } from './filters.js';
import { linkTo } from './route.js';
import { SeverityTag } from './severity.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';
import { countOf, whole } from './words.js';

export function RolesPage({ model, route }: PageProps): JSX.Element {
  const shown = useMemo(() => {
    const text = route.filters.get('text')?.trim().toLowerCase() ?? '';
    const type = route.filters.get('type') ?? '';
    return model.data.roles
      .filter(role => text === '' || `${role.name.toLowerCase()} ${role.guid}`.includes(text))
      .filter(role => type === '' || typeOf(role) === type)
      .sort(
        (a, b) =>
          b.kinds.length - a.kinds.length || b.assignments - a.assignments || compareText(a.name, b.name),
      );
  }, [model, route]);
  return (
    <>
      <h1>Roles</h1>
      <div class="filters" role="search">
        <TextFilter route={route} name="text" label="Name or id" />
        <ChoiceFilter
          route={route}
          name="type"
          label="Type"
          choices={['custom', 'built-in', 'unknown'].map(value => ({ value, title: value }))}
        />
      </div>
      <p class="found" role="status">
        {countOf(shown.length, 'role')}
      </p>
      <VirtualRows
        label="Roles"
        className="roles"
        count={shown.length}
        height={useNarrow() ? 84 : 36}
        headers={['Role', 'Type', 'Worst', 'Kinds of access', 'Operations', 'Assigned']}
        href={at => linkTo('role', shown[at]!.guid)}
        row={at => {
          const role = shown[at]!;
          return (
            <>
              <span role="cell" class="message">
                <a href={linkTo('role', role.guid)}>{role.name}</a>
              </span>
              <span role="cell" class="muted">
                {typeOf(role)}
              </span>
              <span role="cell">
                {role.sensitive[0] !== undefined && <SeverityTag of={role.sensitive[0].severity} />}
              </span>
              <span role="cell" class="right">
                {role.kinds.length} of {model.data.kinds.length}
              </span>
              <span role="cell" class="right" title="control plane + data plane">
                {whole(role.control)} + {whole(role.data)}
              </span>
              <span role="cell" class="right">
                {whole(role.assignments)}×
              </span>
            </>
          );
        }}
      />
    </>
  );
}

function typeOf({ isKnown, isCustom }: RoleData): string {
  return isKnown ? (isCustom ? 'custom' : 'built-in') : 'unknown';
}
