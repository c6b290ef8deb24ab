/** A rule as its file holds it: each example in a line, so that its words are seen together. */
export function ruleText({
  examples = [],
  ...rule
}: object & { readonly examples?: readonly object[] }): string {
  const head = JSON.stringify(rule, null, 2).slice(0, -'\n}'.length);
  const lines = examples.map(example => `    ${inLine(example)}`);
  return `${head},\n  "examples": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function inLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
