import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useRowKeys } from './row-keys.js';

export interface VirtualRowsProps {
  /** What the rows are, for those who cannot see them. */
  readonly label: string;
  readonly count: number;
  readonly height: number;
  readonly header?: ComponentChildren;
  readonly headers: readonly string[];
  readonly className?: string;
  /** The cells of a row. */
  readonly row: (at: number) => ComponentChildren;
  /** Where Enter leads. */
  readonly href?: (at: number) => string | undefined;
  readonly empty?: string;
}

/** A table of any number of rows of the same height, of which only those in sight are there. The page scrolls, not the table. */
export function VirtualRows(props: VirtualRowsProps): JSX.Element {
  const { label, count, height, headers, className = '', row, href, empty = 'Nothing.' } = props;
  const body = useRef<HTMLDivElement>(null);
  const [from, to] = useWindow(body, count, height);
  const active = useRowKeys(body, count, height, href);
  if (count === 0) return <p class="empty">{empty}</p>;
  const rows: JSX.Element[] = [];
  for (let at = from; at < to; at++) {
    rows.push(
      <div
        key={at}
        role="row"
        aria-rowindex={at + 2}
        class={at === active ? 'row active' : 'row'}
        style={{ top: `${at * height}px`, height: `${height}px` }}
      >
        {row(at)}
      </div>,
    );
  }
  return (
    <div role="table" aria-label={label} aria-rowcount={count + 1} class={`rows ${className}`}>
      <div role="row" class="row head" aria-rowindex={1}>
        {headers.map(text => (
          <span role="columnheader" key={text}>
            <span>{text}</span>
          </span>
        ))}
      </div>
      <div ref={body} role="rowgroup" class="body" tabIndex={0} style={{ height: `${count * height}px` }}>
        {rows}
      </div>
    </div>
  );
}

/** Which rows are in sight, and some around them. */
function useWindow(
  body: { readonly current: HTMLElement | null },
  count: number,
  height: number,
): [number, number] {
  const [range, setRange] = useState<[number, number]>([0, Math.min(count, firstRows)]);
  const measure = (): void => {
    const element = body.current;
    if (element === null) return;
    const top = -element.getBoundingClientRect().top;
    const from = Math.min(count, Math.max(0, Math.floor(top / height) - spare));
    const to = Math.max(from, Math.min(count, Math.ceil((top + innerHeight) / height) + spare));
    setRange(known => (known[0] === from && known[1] === to ? known : [from, to]));
  };
  useLayoutEffect(measure);
  useEffect(() => {
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [count, height]);
  return [Math.min(range[0], count), Math.min(range[1], count)];
}

const firstRows = 40;
const spare = 8;
