import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Model } from './model.js';
import { linkTo, type Route, setFilter } from './route.js';
import { isDark, type Theme } from './theme.js';
import { whole } from './words.js';

interface HeaderProps {
  readonly model: Model;
  readonly route: Route;
  readonly theme: Theme;
  readonly onTheme: () => void;
  readonly onHelp: () => void;
}

export function Header({ model, route, theme, onTheme, onHelp }: HeaderProps): JSX.Element {
  const { tenant } = model.data;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const [here] = nav.current?.querySelectorAll<HTMLElement>('[aria-current]') ?? [];
    if (here !== undefined) nav.current!.scrollLeft = here.offsetLeft - 40;
  }, [route.page]);
  return (
    <header class="top">
      <div class="bar">
        <a class="brand" href={linkTo('overview')}>
          azrbac
        </a>
        <span class="tenant" title={tenant.source}>
          {tenant.tenantId ?? tenant.source}
        </span>
        <input
          id="search"
          type="search"
          placeholder="Search ( / )"
          aria-label="Search identities, roles, scopes and findings"
          value={route.page === 'search' ? (route.filters.get('text') ?? '') : ''}
          onInput={event => search(event.currentTarget.value, route)}
        />
        <button type="button" onClick={onTheme} title="Light or dark (t)">
          {isDark(theme) ? 'Light' : 'Dark'}
        </button>
        <button type="button" onClick={onHelp} title="Help (?)">
          Help
        </button>
      </div>
      <nav ref={nav} aria-label="Pages">
        {tabsOf(model).map(({ page, title, number, pages = [] }) => {
          const isHere = route.page === page || pages.includes(route.page);
          return (
            <a key={page} href={linkTo(page)} aria-current={isHere ? 'page' : undefined}>
              {title}
              {number !== undefined && <span class="number">{whole(number)}</span>}
            </a>
          );
        })}
      </nav>
    </header>
  );
}

interface Tab {
  readonly page: string;
  readonly title: string;
  readonly number?: number;
  /** Others that belong to it. */
  readonly pages?: readonly string[];
}

function tabsOf({ data }: Model): Tab[] {
  return [
    { page: 'overview', title: 'Overview' },
    { page: 'changes', title: 'Fix first', number: data.changes.length },
    { page: 'findings', title: 'Findings', number: data.summary.findings, pages: ['finding'] },
    { page: 'identities', title: 'Identities', number: data.score.identities, pages: ['identity'] },
    { page: 'roles', title: 'Roles', number: data.roles.length, pages: ['role'] },
    { page: 'scopes', title: 'Scopes', number: data.scopes.length, pages: ['scope'] },
    { page: 'paths', title: 'Paths to control', number: data.summary.paths, pages: ['path'] },
    ...(data.expected === undefined
      ? []
      : [{ page: 'expectations', title: 'Expectations', number: data.expected.identities.length }]),
    { page: 'suppressed', title: 'Suppressed', number: data.suppressed.length },
    { page: 'not-analysed', title: 'Not analysed', number: data.gaps.length + data.notices.length },
  ];
}

function search(text: string, route: Route): void {
  if (route.page === 'search') setFilter(route, 'text', text);
  else location.hash = linkTo('search', '', { text });
}
