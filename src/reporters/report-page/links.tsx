import type { JSX } from 'preact';
import { type Model, scopeKey } from './model.js';
import { linkTo } from './route.js';
import { kindWord, typeWord } from './words.js';

interface Named {
  readonly model: Model;
  readonly number: number;
}

/** Who it is; a link where there is a page about it. */
export function PrincipalLink({ model, number }: Named): JSX.Element {
  const principal = model.data.principals[number];
  if (principal === undefined) return <span class="muted">someone</span>;
  const name = principal.name || principal.id;
  return (
    <a class="name" href={linkTo('identity', principal.id)} title={principal.id}>
      {name}
    </a>
  );
}

/** With what it is. */
export function PrincipalWithType({ model, number }: Named): JSX.Element {
  const principal = model.data.principals[number];
  return (
    <span class="named">
      <PrincipalLink model={model} number={number} />
      {principal !== undefined && (
        <span class="muted">
          {' '}
          {typeWord(principal.type)}
          {principal.members !== undefined && ` of ${principal.members}`}
        </span>
      )}
    </span>
  );
}

export function RoleLink({ model, number }: Named): JSX.Element {
  const role = model.data.roles[number];
  if (role === undefined) return <span class="muted">a role</span>;
  return (
    <a class="name" href={linkTo('role', role.guid)} title={role.guid}>
      {role.name}
    </a>
  );
}

/** What people call it and its id, or the last part of its id, behind what it is. */
export function ScopeLink({ model, number }: Named): JSX.Element {
  const scope = model.data.scopes[number];
  if (scope === undefined) return <span class="muted">nowhere</span>;
  return (
    <a class="name scope" href={linkTo('scope', scope.text)} title={model.scopeTitle(scope.text)}>
      <span class="muted">{scopeWord(scope.kind, scope.text)} </span>
      {model.scopeName(number)}
      {scope.displayName !== undefined && <span class="muted"> {scope.name}</span>}
    </a>
  );
}

/** What kind of scope it is; of a resource, its type. */
export function scopeWord(kind: string, text: string): string {
  if (kind !== 'resource') return kind === 'root' ? 'root' : kindWord(kind);
  return text.split('/').at(-2) ?? 'resource';
}

interface Written {
  readonly model: Model;
  readonly text: string;
}

/** A scope as it is written, which may not be in the list. */
export function ScopeText({ model, text }: Written): JSX.Element {
  const number = model.scopeByText().get(scopeKey(text));
  return number === undefined ? (
    <ScopeId model={model} text={text} />
  ) : (
    <ScopeLink model={model} number={number} />
  );
}

/** All of its id, to be copied, and what the subscription or management group is called. */
export function ScopeId({ model, text }: Written): JSX.Element {
  const name = model.nameAround(text);
  return (
    <>
      <code>{text}</code>
      {name !== undefined && <span class="muted"> {name}</span>}
    </>
  );
}
