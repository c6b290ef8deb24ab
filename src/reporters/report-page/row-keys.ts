import { useEffect, useRef, useState } from 'preact/hooks';
import { isTyping } from './keyboard.js';

/** Moves through the rows of a table with j and k or the arrows; Enter opens one. @returns the row that is chosen, or -1. */
export function useRowKeys(
  body: { readonly current: HTMLElement | null },
  count: number,
  height: number,
  href: ((at: number) => string | undefined) | undefined,
): number {
  const latest = useRef(href);
  latest.current = href;
  const [active, setActive] = useState(-1);
  // Keys may come faster than the page is drawn.
  const now = useRef(-1);
  useEffect(() => {
    const choose = (row: number): void => {
      now.current = row;
      setActive(row);
    };
    choose(-1);
    const onKey = (event: KeyboardEvent): void => {
      const element = body.current;
      if (element === null || !isFirst(element) || isTyping(event)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = stepOf(event.key, element.contains(document.activeElement));
      if (step !== 0) {
        event.preventDefault();
        const next = Math.max(0, Math.min(count - 1, now.current + step));
        choose(next);
        bringIntoSight(element, next, height);
      } else if (event.key === 'Enter' && now.current >= 0 && !isActedOn(document.activeElement)) {
        const target = latest.current?.(now.current);
        if (target !== undefined) location.hash = target;
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [count, height]);
  return active;
}

/** Then Enter is for that. */
function isActedOn(element: Element | null): boolean {
  return element instanceof HTMLAnchorElement || element instanceof HTMLButtonElement;
}

/** Arrows scroll the page where no table has the focus. */
function stepOf(key: string, isInside: boolean): number {
  switch (key) {
    case 'j':
      return 1;
    case 'k':
      return -1;
    case 'ArrowDown':
      return isInside ? 1 : 0;
    case 'ArrowUp':
      return isInside ? -1 : 0;
    default:
      return 0;
  }
}

/** Whether it is the first of several tables on a page, which has the keys, unless another one has the focus. */
function isFirst(element: HTMLElement): boolean {
  const focused = document.activeElement?.closest('.rows .body');
  return (focused ?? document.querySelector('.rows .body')) === element;
}

function bringIntoSight(element: HTMLElement, row: number, height: number): void {
  const top = element.getBoundingClientRect().top + row * height;
  const margin = 120;
  if (top < margin) scrollBy(0, top - margin);
  else if (top + height > innerHeight - height) scrollBy(0, top + height * 2 - innerHeight);
}
