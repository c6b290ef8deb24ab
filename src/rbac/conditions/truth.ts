/** What a condition comes to where not everything is known (Kleene's logic). */
export type Truth = 'true' | 'false' | 'unknown';

/** What is unknown stays so. */
export function negate(truth: Truth): Truth {
  if (truth === 'unknown') return truth;
  return truth === 'true' ? 'false' : 'true';
}

/** Whether it holds for all: vacuously where there are none. */
export function forAll<Item>(items: readonly Item[], holds: (item: Item) => Truth): Truth {
  let all: Truth = 'true';
  for (const item of items) {
    const one = holds(item);
    if (one === 'false') return one;
    if (one === 'unknown') all = one;
  }
  return all;
}

/** Whether it holds for one at least: for none where there are none. */
export function forAny<Item>(items: readonly Item[], holds: (item: Item) => Truth): Truth {
  let any: Truth = 'false';
  for (const item of items) {
    const one = holds(item);
    if (one === 'true') return one;
    if (one === 'unknown') any = one;
  }
  return any;
}

/** The truth of what is known. */
export function truthOf(isTrue: boolean): Truth {
  return isTrue ? 'true' : 'false';
}
