import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: `#/identity/ID?kind=reads-secrets`. */
export interface Route {
  readonly page: string;
  /** What the page is about; empty for a page about all. */
  readonly id: string;
  readonly filters: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#?\/?/, ''), '?');
  const [page = '', id = ''] = splitOnce(path, '/');
  return { page: page || 'overview', id: decoded(id), filters: new URLSearchParams(query) };
}

/** A link within the report. */
export function linkTo(page: string, id = '', filters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
  return `#/${page}${id === '' ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const onChange = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return route;
}

/** Changes a filter in place: each keystroke is no step to go back. */
export function setFilter({ page, id, filters }: Route, name: string, value: string): void {
  const changed = Object.fromEntries([...filters].filter(([key]) => key !== name));
  history.replaceState(null, '', linkTo(page, id, { ...changed, [name]: value }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function splitOnce(text: string, by: string): [string, string?] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
