import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PageProps } from './page-props.js';
import { CausesList } from './causes-list.js';
import { PrincipalWithType, RoleLink, ScopeLink } from './links.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { countOf } from './words.js';

export function SearchPage({ model, route }: PageProps): JSX.Element {
  const text = route.filters.get('text')?.trim().toLowerCase() ?? '';
  const found = useMemo(() => search(model, text), [model, text]);
  const all = found.principals.length + found.roles.length + found.scopes.length + found.causes.length;
  return (
    <>
      <h1>Search</h1>
      <p class="found" role="status">
        {text === '' ? 'Type a name, an id, a scope or a word of a finding.' : countOf(all, 'hit')}
      </p>
      <Hits title="Identities and groups" numbers={found.principals} Link={PrincipalWithType} model={model} />
      <Hits title="Roles" numbers={found.roles} Link={RoleLink} model={model} />
      <Hits title="Scopes" numbers={found.scopes} Link={ScopeLink} model={model} />
      {found.causes.length > 0 && (
        <section>
          <h2>
            {countOf(found.causes.length, 'cause')}{' '}
            <a href={linkTo('findings', '', { text })}>filter findings</a>
          </h2>
          <CausesList model={model} causes={found.causes} />
        </section>
      )}
    </>
  );
}

const maxShown = 50;

interface HitsProps {
  readonly title: string;
  readonly numbers: readonly number[];
  readonly model: Model;
  readonly Link: (props: { readonly model: Model; readonly number: number }) => JSX.Element;
}

function Hits({ title, numbers, model, Link }: HitsProps): JSX.Element | null {
  if (numbers.length === 0) return null;
  return (
    <section>
      <h2>
        {title} <span class="number">{numbers.length}</span>
      </h2>
      <ul class="plain-list wrap">
        {numbers.slice(0, maxShown).map(number => (
          <li key={number}>
            <Link model={model} number={number} />
          </li>
        ))}
      </ul>
      {numbers.length > maxShown && <p class="muted">and {numbers.length - maxShown} more</p>}
    </section>
  );
}

function search(model: Model, text: string) {
  const { principals, roles, causes } = model.data;
  if (text === '') return { principals: [], roles: [], scopes: [], causes: [] };
  const texts = model.causeTexts();
  return {
    principals: matching(principals, ({ id, name }) => `${id} ${name ?? ''}`, text),
    roles: matching(roles, ({ guid, name }) => `${guid} ${name}`, text),
    scopes: model.scopeTexts().flatMap((each, number) => (each.includes(text) ? [number] : [])),
    causes: causes.filter((_, at) => texts[at]!.includes(text)),
  };
}

function matching<Item>(items: readonly Item[], textOf: (item: Item) => string, text: string): number[] {
  return items.flatMap((item, number) => (textOf(item).toLowerCase().includes(text) ? [number] : []));
}
