import { readTemplate } from '../../../../src/input/formats/arm/read-template.js';
import { readJson } from '../../../../src/input/json.js';
import type { LocatedValue, UnknownReason } from '../../../../src/input/located-value.js';

export interface TemplateParts {
  readonly parameters?: object;
  readonly variables?: object;
  readonly functions?: object;
}

/** What the expression comes to in a template with these parts, as plain data. */
export function evaluated(expression: unknown, parts: TemplateParts = {}): unknown {
  return plain(valueOf(expression, parts));
}

/** The same with its places. */
export function valueOf(expression: unknown, parts: TemplateParts = {}): LocatedValue {
  const type = 'Microsoft.Authorization/roleDefinitions';
  const template = { ...parts, resources: [{ type, name: 'role', properties: { result: expression } }] };
  const { resources } = readTemplate(readJson(JSON.stringify(template, null, 2), 'main.json'));
  const properties = resources[0]!.properties.members.find(({ key }) => key === 'properties')!.value;
  if (properties.kind !== 'object') return properties;
  return properties.members.find(({ key }) => key === 'result')!.value;
}

/** What is unknown as `?NAME`, and in texts as `{NAME}`. */
export function plain(value: LocatedValue): unknown {
  switch (value.kind) {
    case 'list':
      return [...value.items.map(plain), ...(value.more === undefined ? [] : [`?${value.more.name}`])];
    case 'object': {
      const members = value.members.map(member => [member.key, plain(member.value)]);
      return Object.fromEntries(value.more === undefined ? members : [...members, ['...', value.more.name]]);
    }
    case 'null':
      return null;
    case 'unknown':
      return value.parts === undefined ? shown(value.reason) : value.parts.map(pieceOf).join('');
    default:
      return value.value;
  }
}

function pieceOf(piece: string | UnknownReason): string {
  return typeof piece === 'string' ? piece : `{${piece.name}}`;
}

function shown({ name, detail }: UnknownReason): string {
  return detail === undefined ? `?${name}` : `?${name} ${detail}`;
}
