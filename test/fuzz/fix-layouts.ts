// Role files in every layout that people and tools leave, with faults that --fix mends. The generator knows of each
// operation on which plane it is, and of each text how it was encoded; nothing here asks the code under test.

export type Plane = 'control' | 'data';

/** Operations of the shipped catalog, with their planes. */
export const planeByOperation: ReadonlyMap<string, Plane> = new Map([
  ...[
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/write',
    'Microsoft.Compute/virtualMachines/restart/action',
    'Microsoft.Compute/disks/read',
    'Microsoft.Storage/storageAccounts/read',
    'Microsoft.Storage/storageAccounts/listKeys/action',
    'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action',
  ].map(name => [name, 'control'] as const),
  ...[
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
    'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read',
    'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  ].map(name => [name, 'data'] as const),
]);

const wildcards = [
  '*/read',
  '*',
  'Microsoft.Compute/*',
  'Microsoft.Compute/virtualMachines/*',
  'Microsoft.Compute/*/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*',
];

/** Slips, and what --fix-typos may make of them. */
export const correctionByTypo: ReadonlyMap<string, string> = new Map([
  ['Microsoft.Compute/virtualMachines/raed', 'Microsoft.Compute/virtualMachines/read'],
  ['Microsoft.Compute/virtualMachines/restat/action', 'Microsoft.Compute/virtualMachines/restart/action'],
]);

/** One file. */
export interface Layout {
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether it is not JSON, or may be none to another reader: then nothing may change. */
  readonly isDamaged: boolean;
}

export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le-bom' | 'utf16be-bom' | 'utf16le' | 'utf16be';

/** The bytes of a text. */
export function encoded(text: string, encoding: Encoding): Buffer {
  if (encoding.startsWith('utf8')) return Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`, 'utf8');
  const bytes = Buffer.from(encoding.endsWith('bom') ? `\ufeff${text}` : text, 'utf16le');
  return encoding.startsWith('utf16be') ? bytes.swap16() : bytes;
}

/** The text of bytes, or undefined where they are not in that encoding. */
export function decoded(bytes: Buffer, encoding: Encoding): string | undefined {
  const name = encoding.startsWith('utf8')
    ? 'utf-8'
    : encoding.startsWith('utf16le')
      ? 'utf-16le'
      : 'utf-16be';
  const text = new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
  if (!encoding.endsWith('bom')) return text;
  return text.startsWith('\ufeff') ? text.slice(1) : undefined;
}

/** A layout, the same for the same random numbers. */
export function randomLayout(random: () => number, name: string): Layout {
  return new LayoutWriter(random, name).layout();
}

type Value = { readonly raw: string } | { readonly list: readonly Value[] } | { readonly object: Members };
type Members = readonly (readonly [key: string, value: Value])[];

const lists = ['Actions', 'NotActions', 'DataActions', 'NotDataActions'];

class LayoutWriter {
  private readonly newline: string;
  private readonly isOneLine: boolean;
  private readonly comments: number;
  private readonly trailingCommas: number;

  constructor(
    private readonly random: () => number,
    private readonly name: string,
  ) {
    this.newline = this.pick(['\n', '\n', '\r\n', '\r']);
    this.isOneLine = this.chance(0.2);
    this.comments = this.pick([0, 0.05, 0.15, 0.4]);
    this.trailingCommas = this.pick([0, 0, 0.5, 1]);
  }

  layout(): Layout {
    const whole = this.written(this.document(), 0);
    const text = this.gap(0.5, 0) + whole + this.gap(0.5, 0) + this.pick(['', this.newline]);
    const isDamaged = this.chance(0.06);
    return {
      text: isDamaged ? this.damaged(text) : text,
      encoding: this.pick([
        'utf8',
        'utf8',
        'utf8',
        'utf8-bom',
        'utf16le-bom',
        'utf16be-bom',
        'utf16le',
        'utf16be',
      ]),
      isDamaged,
    };
  }

  private document(): Value {
    const role = this.role();
    if (this.chance(0.7)) return role;
    const roles = { list: Array.from({ length: 1 + this.below(3) }, () => this.role()) };
    return this.chance(0.5) ? roles : { object: [['value', roles]] };
  }

  private role(): Value {
    const isPascal = this.chance(0.5);
    const spell = (key: string): string => (isPascal ? key : key.charAt(0).toLowerCase() + key.slice(1));
    const about: Members = [
      [spell(this.chance(0.5) ? 'Name' : 'RoleName'), raw(this.name)],
      [spell('Description'), raw('Reads “blobs”, and é')],
      [spell('AssignableScopes'), { list: [raw('/subscriptions/11111111-2222-3333-4444-555555555555')] }],
    ];
    const permissions = Array.from({ length: 1 + this.below(3) }, () => this.permission(spell));
    const nested: Members = [[spell('Permissions'), { list: permissions.map(object => ({ object })) }]];
    switch (this.below(4)) {
      case 0:
        return { object: this.shuffled([...about, ...permissions[0]!]) };
      case 1:
        return { object: this.shuffled([...about, ...nested]) };
      case 2:
        return {
          object: [
            ['name', raw('0a1b2c3d')],
            ['properties', { object: this.shuffled([...about, ...nested]) }],
          ],
        };
      default:
        return { object: this.shuffled([...about, ...nested, ...(this.chance(0.3) ? permissions[0]! : [])]) };
    }
  }

  /** Often with a list missing, null, no list, or there twice. */
  private permission(spell: (key: string) => string): Members {
    const members = lists.flatMap((list): Members => {
      if (this.chance(list === 'Actions' ? 0.1 : 0.4)) return [];
      return [[spell(list), this.listValue()]];
    });
    if (this.chance(0.06)) {
      const twice = spell(this.pick(lists));
      members.push([this.chance(0.5) ? twice : twice.toLowerCase(), this.listValue()]);
    }
    if (this.chance(0.1)) members.push(['condition', { raw: 'null' }]);
    return this.shuffled(members);
  }

  private listValue(): Value {
    if (this.chance(0.12)) return { raw: 'null' };
    if (this.chance(0.06))
      return this.pick([raw(this.entry()), { object: [] }, { raw: '17' }, { object: [['a', { list: [] }]] }]);
    const items: Value[] = Array.from({ length: this.below(6) }, () => raw(this.entry()));
    if (this.chance(0.04))
      items.push(this.pick([{ raw: 'null' }, { raw: '3' }, { object: [] }, { list: [] }]));
    return { list: this.shuffled(items) };
  }

  private entry(): string {
    const operations = [...planeByOperation.keys()];
    let text = this.pick(operations);
    if (this.chance(0.15)) text = this.pick(wildcards);
    if (this.chance(0.05)) text = this.pick([...correctionByTypo.keys()]);
    if (this.chance(0.1)) text = text.toLowerCase();
    return this.chance(0.08) ? this.pick([` ${text}`, `${text} `, `\t${text} `]) : text;
  }

  private written(value: Value, depth: number): string {
    if ('raw' in value) return value.raw;
    const isList = 'list' in value;
    const items = isList
      ? value.list.map(item => this.written(item, depth + 1))
      : value.object.map(([key, item]) => {
          const colon = `${this.gap(0.02, depth)}:${this.pick([' ', ' ', ''])}${this.gap(0.02, depth)}`;
          return `${JSON.stringify(key)}${colon}${this.written(item, depth + 1)}`;
        });
    return (isList ? '[' : '{') + this.joined(items, depth) + (isList ? ']' : '}');
  }

  private joined(items: readonly string[], depth: number): string {
    const isOnLines = !this.isOneLine && this.chance(0.75);
    const start = (at: number): string => (isOnLines ? this.newline + '  '.repeat(at) : this.pick(['', ' ']));
    let text = '';
    items.forEach((item, i) => {
      const hasComma = i < items.length - 1 || this.chance(this.trailingCommas);
      text += `${this.gap(1, depth)}${start(depth + 1)}${this.gap(0.5, depth)}${item}${this.gap(0.7, depth)}`;
      text += hasComma ? `,${this.gap(1, depth)}` : this.gap(0.5, depth);
    });
    return text + (items.length > 0 || this.chance(0.2) ? start(depth) : '') + this.gap(0.3, depth);
  }

  /** Nothing, blanks or comments. */
  private gap(weight: number, depth: number): string {
    if (!this.chance(this.comments * weight)) return this.chance(0.03) ? this.pick([' ', '\t', '  ']) : '';
    const inner = this.pick(['why', 'one, two', '"Actions": ["*"]', '{ [', '/ * //', 'é ✓', '']);
    const ignore = this.chance(0.05) ? 'azrbac-ignore action-casing: as it is' : inner;
    const block = `${this.pick(['', ' '])}/* ${ignore} */${this.pick(['', ' '])}`;
    if (this.isOneLine || this.chance(0.5)) return block + this.gap(weight / 2, depth);
    const line = `${this.pick(['', ' '])}// ${ignore}${this.newline}${'  '.repeat(this.below(depth + 2))}`;
    return this.chance(0.2) ? block + line : line;
  }

  /** What a JSON parser that goes on behind errors would read, and might read as something else. */
  private damaged(text: string): string {
    const commas = [...text.matchAll(/"\s*,\s*"/g)].map(({ index, 0: found }) => index + found.indexOf(','));
    if (commas.length > 0 && this.chance(0.6)) {
      const at = this.pick(commas);
      return `${text.slice(0, at)} ${text.slice(at + 1)}`;
    }
    return this.pick([`${text}]`, text.slice(0, text.lastIndexOf('}')), `${text} x`]);
  }

  private shuffled<Item>(items: readonly Item[]): Item[] {
    const left = [...items];
    return items.map(() => left.splice(this.below(left.length), 1)[0]!);
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }
}

function raw(text: string): Value {
  return { raw: JSON.stringify(text) };
}
