import type { RuleExample } from '../../lint/engine/rule.js';

/** An example of a rule as lines, which are not escaped yet: what it consists of, and what is found in it. */
export function exampleLines(example: RuleExample): string[] {
  return [
    '',
    `example  ${example.title}: ${verdictOf(example)}`,
    ...partsOf(example).flatMap(([name, value]) => [
      ...(name === undefined ? [] : [`  ${name}:`]),
      ...indented(value),
    ]),
  ];
}

function verdictOf({ matches }: RuleExample): string {
  if (matches.length === 0) return 'clean';
  const found = matches.map(
    ({ pointer, variant }) => `${pointer || 'the document'}${variant ? ` (${variant})` : ''}`,
  );
  return `found at ${found.join(', ')}`;
}

/** What an example holds: the document comes first and needs no name, unless its own matters. */
function partsOf(example: RuleExample): readonly (readonly [name: string | undefined, value: unknown])[] {
  const { text, document, file, snapshot, expectations, beside = {}, options, config } = example;
  const all: readonly (readonly [string | undefined, unknown])[] = [
    [file && `in ${file}`, text ?? document],
    ['in the snapshot', snapshot],
    ['under the expectations', expectations],
    ...Object.entries(beside).map(([name, value]) => [`in ${name}`, value] as const),
    ['with the options', options],
    ['under the configuration', config],
  ];
  return all.filter(([, value]) => value !== undefined);
}

function indented(source: unknown): string[] {
  const text = typeof source === 'string' ? source : JSON.stringify(source, null, 2);
  return text.split('\n').map(line => `  ${line}`);
}
