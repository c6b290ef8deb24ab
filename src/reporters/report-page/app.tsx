import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CausePage } from './cause-page.js';
import { ChangesPage } from './changes-page.js';
import { ExpectationsPage } from './expectations-page.js';
import { FindingsPage } from './findings-page.js';
import { Header } from './header.js';
import { HelpDialog } from './help-dialog.js';
import { IdentitiesPage } from './identities-page.js';
import { IdentityPage } from './identity-page.js';
import { useKeys } from './keyboard.js';
import type { Model } from './model.js';
import { NotAnalysedPage } from './not-analysed-page.js';
import { OverviewPage } from './overview-page.js';
import type { PageProps } from './page-props.js';
import { PathPage } from './path-page.js';
import { PathsPage } from './paths-page.js';
import { PrintReport, usePrinting } from './print-report.js';
import { RolePage } from './role-page.js';
import { RolesPage } from './roles-page.js';
import { useRoute } from './route.js';
import { ScopePage } from './scope-page.js';
import { ScopesPage } from './scopes-page.js';
import { SearchPage } from './search-page.js';
import { SuppressedPage } from './suppressed-page.js';
import { useTheme } from './use-theme.js';

const pages: Readonly<Record<string, (props: PageProps) => JSX.Element>> = {
  overview: OverviewPage,
  changes: ChangesPage,
  findings: FindingsPage,
  finding: CausePage,
  identities: IdentitiesPage,
  identity: IdentityPage,
  roles: RolesPage,
  role: RolePage,
  scopes: ScopesPage,
  scope: ScopePage,
  paths: PathsPage,
  path: PathPage,
  expectations: ExpectationsPage,
  suppressed: SuppressedPage,
  'not-analysed': NotAnalysedPage,
  search: SearchPage,
};

export function App({ model }: { readonly model: Model }): JSX.Element {
  const route = useRoute();
  const [theme, nextTheme] = useTheme();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const isPrinting = usePrinting();
  useKeys({
    '/': () => document.querySelector<HTMLInputElement>('#search')?.focus(),
    '?': () => setHelpOpen(true),
    t: nextTheme,
    ...shortcuts,
  });
  useEffect(() => {
    scrollTo(0, 0);
    document.title = `${document.querySelector('h1')?.textContent ?? 'Report'} · azrbac`;
  }, [route.page, route.id]);
  if (isPrinting) return <PrintReport model={model} />;
  const Page = Object.hasOwn(pages, route.page) ? pages[route.page]! : OverviewPage;
  return (
    <>
      <a class="skip" href="#main" onClick={event => focusOn(event, main.current)}>
        Skip to the content
      </a>
      <Header
        model={model}
        route={route}
        theme={theme}
        onTheme={nextTheme}
        onHelp={() => setHelpOpen(true)}
      />
      <main id="main" ref={main} tabIndex={-1} data-page={route.page}>
        <Page key={`${route.page}/${route.id}`} model={model} route={route} />
      </main>
      <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}

function focusOn(event: Event, element: HTMLElement | null): void {
  // The hash says which page is shown.
  event.preventDefault();
  element?.focus();
}

function go(page: string): () => void {
  return () => {
    location.hash = `#/${page}`;
  };
}

const shortcuts = {
  1: go('overview'),
  2: go('changes'),
  3: go('findings'),
  4: go('identities'),
  5: go('roles'),
  6: go('scopes'),
  7: go('paths'),
};
