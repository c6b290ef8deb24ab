import type { JSX } from 'preact';
import type { PathData } from '../html-report/report-data.js';
import { PrincipalLink, ScopeLink } from './links.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';
import { useNarrow } from './use-media.js';
import { VirtualRows } from './virtual-rows.js';
import { countOf } from './words.js';

interface PathsProps {
  readonly model: Model;
  readonly paths: readonly PathData[];
}

export function PathsList({ model, paths }: PathsProps): JSX.Element {
  return (
    <VirtualRows
      label="Paths to control"
      className="paths"
      count={paths.length}
      height={useNarrow() ? 104 : 38}
      headers={['Steps', 'Who', 'How', 'To control of']}
      href={at => linkTo('path', paths[at]!.id)}
      row={at => {
        const path = paths[at]!;
        return (
          <>
            <span role="cell">
              <a href={linkTo('path', path.id)}>{countOf(path.stepCount, 'step')}</a>
            </span>
            <span role="cell">
              {path.people === 1 ? (
                <PrincipalLink model={model} number={path.from[0]!} />
              ) : (
                countOf(path.people, 'identity', 'identities')
              )}
            </span>
            <span role="cell" class="message" title={path.steps.map(({ does }) => does).join('; then ')}>
              {path.steps.map(({ does }) => does).join('; then ')}
            </span>
            <span role="cell">
              <ScopeLink model={model} number={path.to} />
            </span>
          </>
        );
      }}
    />
  );
}
