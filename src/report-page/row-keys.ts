import { useEffect, useState } from 'preact/hooks';
import { isTyping } from './keyboard.js';

/** Moves through the rows of a table with j and k or the arrows; Enter opens one. @returns the row that is chosen, or -1. */
export function useRowKeys(
  body: { readonly current: HTMLElement | null },
  count: number,
  height: number,
  href: ((at: number) => string | undefined) | undefined,
): number {
  const [active, setActive] = useState(-1);
  useEffect(() => setActive(-1), [count]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const element = body.current;
      if (
        element === null ||
        !isFirst(element) ||
        isTyping(event) ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey
      )
        return;
      const isInside = element.contains(document.activeElement);
      const step = stepOf(event.key, isInside);
      if (step !== 0) {
        event.preventDefault();
        const next = Math.max(0, Math.min(count - 1, active + step));
        setActive(next);
        bringIntoSight(element, next, height);
      } else if (
        event.key === 'Enter' &&
        active >= 0 &&
        !(document.activeElement instanceof HTMLAnchorElement)
      ) {
        const target = href?.(active);
        if (target !== undefined) location.hash = target;
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [active, count, height, href]);
  return active;
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

/** Of several tables on a page, the first has the keys, unless another one has the focus. */
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
