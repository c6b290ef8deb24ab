import type { JSX } from 'preact';
import { linkTo } from './route.js';

export function Missing({ what, id }: { readonly what: string; readonly id: string }): JSX.Element {
  return (
    <>
      <h1>Not in this report</h1>
      <p>
        There is no {what} <code>{id}</code> here. It may be fixed, or not be listed since there is too much
        of its kind. <a href={linkTo('overview')}>Overview</a>
      </p>
    </>
  );
}
