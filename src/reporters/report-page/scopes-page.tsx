import { compareText } from '../../compare-text.js';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { PageProps } from './page-props.js';
import { TextFilter } from './filters.js';
import { ScopeLink } from './links.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { VirtualRows } from './virtual-rows.js';
import { countOf, whole } from './words.js';

export function ScopesPage({ model, route }: PageProps): JSX.Element {
  const [closed, setClosed] = useState<ReadonlySet<number>>(() => closedAtFirst(model));
  const text = route.filters.get('text')?.trim().toLowerCase() ?? '';
  const rows = useMemo(() => (text === '' ? tree(model, closed) : found(model, text)), [model, closed, text]);
  const totals = useMemo(() => totalsBelow(model), [model]);
  const toggle = (scope: number): void => {
    const next = new Set(closed);
    if (!next.delete(scope)) next.add(scope);
    setClosed(next);
  };
  return (
    <>
      <h1>Scopes</h1>
      <p class="lead">
        Management groups, subscriptions, and everything below them where a role is assigned.
      </p>
      <div class="filters" role="search">
        <TextFilter route={route} name="text" label="Scope" />
      </div>
      <p class="found" role="status">
        {countOf(rows.length, 'scope')} shown of {whole(model.data.scopes.length)}
      </p>
      <VirtualRows
        label="Scopes"
        className="scopes"
        count={rows.length}
        height={34}
        headers={['Scope', 'Assignments here', 'and below']}
        href={at => linkTo('scope', model.data.scopes[rows[at]!.scope]!.text)}
        row={at => {
          const { scope: number, depth, hasChildren } = rows[at]!;
          const scope = model.data.scopes[number]!;
          return (
            <>
              <span role="cell" class="tree" style={{ paddingLeft: `${depth * 18}px` }}>
                {hasChildren ? (
                  <button
                    type="button"
                    class="twist"
                    aria-expanded={!closed.has(number)}
                    aria-label={`${closed.has(number) ? 'Open' : 'Close'} ${model.scopeName(number)}`}
                    onClick={() => toggle(number)}
                  >
                    {closed.has(number) ? '▸' : '▾'}
                  </button>
                ) : (
                  <span class="twist" />
                )}
                <ScopeLink model={model} number={number} />
              </span>
              <span role="cell" class="right">
                {scope.assignments > 0 ? whole(scope.assignments) : <span class="muted">·</span>}
              </span>
              <span role="cell" class="right muted">
                {whole(totals[number]!)}
              </span>
            </>
          );
        }}
      />
    </>
  );
}

interface ScopeRow {
  readonly scope: number;
  readonly depth: number;
  readonly hasChildren: boolean;
}

/** A small tenant is open as a whole; of a large one, what lies in subscriptions is closed. */
function closedAtFirst({ data }: Model): ReadonlySet<number> {
  if (data.scopes.length <= maxOpen) return new Set();
  return new Set(data.scopes.flatMap(({ kind }, number) => (kind === 'subscription' ? [number] : [])));
}

const maxOpen = 60;

function tree(model: Model, closed: ReadonlySet<number>): ScopeRow[] {
  const rows: ScopeRow[] = [];
  const waiting = sorted(model, model.childrenOfScope().get(-1) ?? []).map(scope => ({ scope, depth: 0 }));
  waiting.reverse();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const children = sorted(model, model.childrenOfScope().get(at.scope) ?? []);
    rows.push({ ...at, hasChildren: children.length > 0 });
    if (closed.has(at.scope)) continue;
    for (const child of children.reverse()) waiting.push({ scope: child, depth: at.depth + 1 });
  }
  return rows;
}

function sorted({ data }: Model, scopes: readonly number[]): number[] {
  const order = (number: number): number => kinds.indexOf(data.scopes[number]!.kind);
  const name = (number: number): string => data.scopes[number]!.displayName?.toLowerCase() ?? '';
  return [...scopes].sort(
    (a, b) =>
      order(a) - order(b) ||
      compareText(name(a), name(b)) ||
      compareText(data.scopes[a]!.text, data.scopes[b]!.text),
  );
}

const kinds = ['root', 'management-group', 'subscription', 'resource-group', 'resource'];

function found(model: Model, text: string): ScopeRow[] {
  return model
    .scopeTexts()
    .flatMap((each, number) =>
      each.includes(text) ? [{ scope: number, depth: 0, hasChildren: false }] : [],
    );
}

function totalsBelow({ data }: Model): number[] {
  const totals = data.scopes.map(({ assignments }) => assignments);
  // A scope may be numbered before the one around it, so each adds to all above it.
  data.scopes.forEach(({ assignments, parent }, number) => {
    const seen = new Set([number]);
    for (let at = parent; at >= 0 && !seen.has(at); at = data.scopes[at]!.parent) {
      seen.add(at);
      totals[at]! += assignments;
    }
  });
  return totals;
}
