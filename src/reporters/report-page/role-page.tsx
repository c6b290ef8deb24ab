import type { JSX } from 'preact';
import type { PermissionData, RoleData } from '../html-report/report-data.js';
import type { PageProps } from './page-props.js';
import { AssignmentsTable } from './assignments-table.js';
import { CausesList } from './causes-list.js';
import { Missing } from './missing.js';
import { linkTo } from './route.js';
import { SeverityTag } from './severity.js';
import { Slashed } from './slashed.js';
import { Unlisted } from './unlisted.js';
import { countOf, whole } from './words.js';

export function RolePage({ model, route }: PageProps): JSX.Element {
  const number = model.roleByGuid().get(route.id.toLowerCase()) ?? model.roleByGuid().get(route.id);
  if (number === undefined) return <Missing what="role" id={route.id} />;
  const role = model.data.roles[number]!;
  const causes = model.causesOf(model.findingsOfRole().get(number) ?? []);
  const assignments = model.assignmentsOfRole().get(number) ?? [];
  const held = assignments.filter(({ state }) => state !== 'eligible').length;
  return (
    <article>
      <p class="crumbs">
        <a href={linkTo('roles')}>Roles</a>
      </p>
      <h1>{role.name}</h1>
      <p class="lead">
        {role.isKnown ? (role.isCustom ? 'custom role' : 'built-in role') : 'This role is not known.'} ·{' '}
        <code>{role.guid}</code>
      </p>
      {role.description !== null && <p class="prose">{role.description}</p>}
      <dl class="facts">
        <div>
          <dt>Grants</dt>
          <dd>
            {countOf(role.control, 'operation')} of the control plane, {whole(role.data)} of the data plane
          </dd>
        </div>
        <div>
          <dt>Kinds of access</dt>
          <dd>
            {role.kinds.length === 0
              ? 'none that counts'
              : role.kinds.map(kind => model.data.kinds[kind]!.title).join(', ')}
          </dd>
        </div>
        <div>
          <dt>Assigned</dt>
          <dd>
            {countOf(role.assignments, 'time')} to {countOf(role.principals, 'principal')}
          </dd>
        </div>
      </dl>
      <Sensitive role={role} />
      {role.permissions.length > 0 && (
        <section>
          <h2>What is written in it</h2>
          {role.permissions.map((permission, at) => (
            <Permission key={at} permission={permission} />
          ))}
          {role.assignableScopes.length > 0 && role.isCustom && (
            <p class="operations">
              <span class="muted">assignable at </span>
              {role.assignableScopes.map(scope => (
                <code key={scope}>{scope}</code>
              ))}
              {role.moreScopes !== undefined && <span class="muted"> and {whole(role.moreScopes)} more</span>}
            </p>
          )}
        </section>
      )}
      {causes.length > 0 && (
        <section>
          <h2>{countOf(causes.length, 'cause')} about it</h2>
          <CausesList model={model} causes={causes} />
        </section>
      )}
      <section>
        <h2>Who has it</h2>
        <AssignmentsTable model={model} assignments={assignments} empty="Nobody." />
        {role.assignments > held && (
          <p class="muted">{countOf(role.assignments - held, 'more assignment')} not listed here.</p>
        )}
        <Unlisted what="eligible assignment" number={model.data.unlisted.eligible} />
      </section>
    </article>
  );
}

function Sensitive({ role }: { readonly role: RoleData }): JSX.Element | null {
  if (role.sensitive.length === 0) return null;
  return (
    <section>
      <h2>{countOf(role.sensitiveCount, 'sensitive operation')}</h2>
      <div class="scroll-x">
        <table class="plain">
          <thead>
            <tr>
              <th>Severity</th>
              <th>Operation</th>
              <th>What it allows</th>
              <th>Through</th>
            </tr>
          </thead>
          <tbody>
            {role.sensitive.map(({ operation, plane, severity, reason, pattern, isConditional }) => (
              <tr key={`${plane} ${operation}`}>
                <td>
                  <SeverityTag of={severity} />
                </td>
                <td>
                  <Slashed text={operation} />
                </td>
                <td>
                  … {reason}
                  {isConditional && <span class="tag">conditional</span>}
                </td>
                <td>
                  <Slashed text={pattern} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {role.sensitiveCount > role.sensitive.length && (
        <p class="muted">
          The worst {role.sensitive.length} of {role.sensitiveCount} are listed; <code>azrbac role</code>{' '}
          lists all.
        </p>
      )}
    </section>
  );
}

function Permission({ permission }: { readonly permission: PermissionData }): JSX.Element {
  return (
    <div class="permission">
      {(['actions', 'notActions', 'dataActions', 'notDataActions'] as const).map(
        list =>
          permission[list].length > 0 && (
            <div key={list}>
              <h3>{list}</h3>
              <ul class="strings">
                {permission[list].map((text, at) => (
                  <li key={at}>
                    <code>{text}</code>
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
      {permission.condition !== null && <pre class="condition">{permission.condition}</pre>}
      {permission.left > 0 && <p class="muted">{countOf(permission.left, 'more string')} not listed here.</p>}
    </div>
  );
}
