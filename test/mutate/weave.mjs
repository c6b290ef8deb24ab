// All mutants of a file in one text: which one is in force is asked where it stands.

/** The text with mutants, numbered by their `id`, and with a count of the rounds of its loops. */
export function weave(text, mutants, loops) {
  const parts = new Map();
  for (const mutant of mutants) {
    const key = `${mutant.start} ${mutant.end} ${mutant.asStatement}`;
    const part = parts.get(key) ?? { ...mutant, mutants: [] };
    part.mutants.push(mutant);
    parts.set(key, part);
  }
  for (const { start, end, type } of loops)
    parts.set(`${start} ${end} loop`, {
      start,
      end,
      loop: type === 'BlockStatement' ? 'block' : 'statement',
    });
  const sorted = [...parts.values()].sort((a, b) => a.start - b.start || b.end - a.end || rank(a) - rank(b));
  return inside({ start: 0, end: text.length }, sorted[Symbol.iterator](), text);
}

/** What wraps the other, of parts that are the same text: a loop's body, the statement in it, the expression in that. */
function rank({ loop, asStatement }) {
  return loop !== undefined ? 0 : asStatement ? 1 : 2;
}

/** The text of a part, the parts in it replaced. `next` is what the iterator gave and nobody has used yet. */
function inside(part, parts, text, queue = { next: undefined }) {
  let woven = '';
  let at = part.start;
  for (;;) {
    queue.next ??= parts.next().value;
    const inner = queue.next;
    if (inner === undefined || inner.start >= part.end) break;
    queue.next = undefined;
    woven += text.slice(at, inner.start) + choice(inner, inside(inner, parts, text, queue));
    at = inner.end;
  }
  return woven + text.slice(at, part.end);
}

function choice({ loop, asStatement, mutants }, original) {
  if (loop === 'block') return `{__round();${original.slice(1)}`;
  if (loop === 'statement') return `{__round();${original}}`;
  if (asStatement) return `{if(!__mutant(${mutants[0].id})){${original}}}`;
  return `(${mutants.map(({ id, text }) => `__mutant(${id})?(${text}):`).join('')}(${original}))`;
}
