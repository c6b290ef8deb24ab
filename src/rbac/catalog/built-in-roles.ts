import type { JsonNode } from '../../input/json-node.js';
import type { SourceDocument, SourceRef } from '../../input/source-document.js';
import { actionKey } from '../model/action-key.js';
import type { ActionEntry, ActionList, Permission, RoleDefinition } from '../model/role-definition.js';
import { readSealed, seal } from './sealed-file.js';

/** A permission as the catalog keeps it: empty lists left out. */
export interface StoredPermission {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
  readonly notDataActions?: readonly string[];
  readonly condition?: string;
  readonly conditionVersion?: string;
}

/** A built-in role as the catalog keeps it. GUIDs are the same in every cloud and tenant. */
export interface StoredRole {
  /** In lower case. */
  readonly guid: string;
  readonly name: string;
  readonly permissions: readonly StoredPermission[];
  /** Fingerprint of its effective set over the operations of the same catalog: equal sets, equal fingerprints. */
  readonly setFingerprint: string;
  /** How many operations that set has, both planes together. */
  readonly setSize: number;
}

/** A built-in role by how much it grants, to find those that may grant the same. */
export interface BuiltInRoleSize {
  readonly name: string;
  /** How many operations it grants, both planes together. */
  readonly size: number;
  /** Whether a condition guards any of its permissions. */
  readonly isConditional: boolean;
  role(): RoleDefinition;
  /** Whether some string of it may cover an operation of that provider, given in lower case. */
  mentions(provider: string): boolean;
}

const format = 'azrbac-built-in-roles 2';

/** A line of the index: all of a role but its permissions, which are parsed when first asked for. */
interface IndexEntry {
  readonly guid: string;
  readonly name: string;
  readonly setSize: number;
  readonly setFingerprint: string;
  readonly isConditional: boolean;
  /** Where its permissions stand, as JSON. */
  readonly start: number;
  readonly end: number;
}

/**
 * The built-in roles, sealed (see {@link readSealed}). First a line per role: GUID, name, size and fingerprint of its
 * set, `c` where a condition guards a permission, bytes of its permissions. Then an empty line, and the permissions of
 * each role as a line of JSON.
 */
export class BuiltInRoles {
  private readonly byGuid = new Map<string, number>();
  private readonly byName = new Map<string, number>();
  private readonly parsed: (RoleDefinition | undefined)[] = [];
  private readonly lowerTexts: (string | undefined)[] = [];

  private constructor(
    private readonly entries: readonly IndexEntry[],
    private readonly bytes: Buffer,
  ) {
    entries.forEach(({ guid, name }, i) => {
      this.byGuid.set(guid, i);
      this.byName.set(name.toLowerCase(), i);
    });
  }

  /** @throws UserError where the bytes are not an undamaged list; `file` names it in the message. */
  static decode(bytes: Buffer, file: string): BuiltInRoles {
    const { count, body } = readSealed(bytes, format, file);
    const indexEnd = body.indexOf('\n\n');
    let start = indexEnd + 2;
    const lines = count === 0 ? [] : body.toString('utf8', 0, indexEnd).split('\n');
    const entries = lines.map((line): IndexEntry => {
      const [guid = '', name = '', size, setFingerprint = '', conditional, length] = line.split('\t');
      const end = start + Number(length);
      const entry = {
        guid,
        name,
        setSize: Number(size),
        setFingerprint,
        isConditional: conditional === 'c',
        start,
        end,
      };
      start = end + 1;
      return entry;
    });
    return new BuiltInRoles(entries, body);
  }

  get size(): number {
    return this.entries.length;
  }

  /** By GUID or display name; case and surrounding blanks are ignored. */
  find(nameOrGuid: string): RoleDefinition | undefined {
    const key = nameOrGuid.trim().toLowerCase();
    const index = this.byGuid.get(key) ?? this.byName.get(key);
    return index === undefined ? undefined : this.at(index);
  }

  /** Sorted by name. */
  *all(): Generator<RoleDefinition> {
    for (let i = 0; i < this.entries.length; i++) yield this.at(i);
  }

  /** Names as published, sorted. */
  names(): string[] {
    return this.entries.map(({ name }) => name);
  }

  /** From the one that grants least to the one that grants most. */
  smallestFirst(): BuiltInRoleSize[] {
    this.bySize ??= this.indexBySize();
    return [...this.bySize.values()].flat().sort((a, b) => a.size - b.size);
  }

  /** Roles whose effective set has that size, or one at most `distance` away. */
  ofSetSize(size: number, distance = 0): readonly BuiltInRoleSize[] {
    this.bySize ??= this.indexBySize();
    const found: BuiltInRoleSize[] = [];
    for (let near = size - distance; near <= size + distance; near++)
      found.push(...(this.bySize.get(near) ?? []));
    return found;
  }

  private bySize: ReadonlyMap<number, readonly BuiltInRoleSize[]> | undefined;

  private indexBySize(): Map<number, BuiltInRoleSize[]> {
    const bySize = new Map<number, BuiltInRoleSize[]>();
    this.entries.forEach(({ name, setSize, isConditional }, i) => {
      const mentioned = new Map<string, boolean>();
      const entry = {
        name,
        size: setSize,
        isConditional,
        role: () => this.at(i),
        mentions: (provider: string) => {
          let isMentioned = mentioned.get(provider);
          if (isMentioned === undefined) {
            const text = this.lowerTextOf(i);
            isMentioned = mentionsEveryProvider.test(text) || text.includes(`"${provider}/`);
            mentioned.set(provider, isMentioned);
          }
          return isMentioned;
        },
      };
      const sameSize = bySize.get(entry.size);
      if (sameSize === undefined) bySize.set(entry.size, [entry]);
      else sameSize.push(entry);
    });
    return bySize;
  }

  /** Whether the very string, in any case, stands in some list of some role. */
  mentions(action: string): boolean {
    return this.strings.has(action.toLowerCase());
  }

  /** The roles in which the very string, in any case, stands somewhere. */
  mentioning(action: string): RoleDefinition[] {
    if (!this.mentions(action)) return [];
    this.linesByString ??= this.indexStrings();
    return (this.linesByString.get(action.toLowerCase()) ?? []).map(line => this.at(line));
  }

  private linesByString: ReadonlyMap<string, readonly number[]> | undefined;

  private indexStrings(): Map<string, number[]> {
    const linesByString = new Map<string, number[]>();
    this.entries.forEach((_, i) => {
      for (const text of actionsIn(this.lowerTextOf(i))) {
        const lines = linesByString.get(text);
        if (lines === undefined) linesByString.set(text, [i]);
        else if (lines.at(-1) !== i) lines.push(i);
      }
    });
    return linesByString;
  }

  /** Whether some role has a string of that provider; the namespace in lower case. */
  mentionsProvider(namespace: string): boolean {
    this.namespaces ??= new Set(Array.from(this.strings, text => text.split('/', 1)[0]!));
    return this.namespaces.has(namespace);
  }

  private namespaces: ReadonlySet<string> | undefined;
  private lowerStrings: ReadonlySet<string> | undefined;

  private get strings(): ReadonlySet<string> {
    return (this.lowerStrings ??= new Set(
      actionsIn(this.bytes.toString('utf8', this.entries[0]?.start ?? 0).toLowerCase()),
    ));
  }

  private at(index: number): RoleDefinition {
    return (this.parsed[index] ??= toRoleDefinition({
      ...this.entries[index]!,
      permissions: JSON.parse(this.permissionsOf(index)) as StoredPermission[],
    }));
  }

  private lowerTextOf(index: number): string {
    return (this.lowerTexts[index] ??= this.permissionsOf(index).toLowerCase());
  }

  private permissionsOf(index: number): string {
    const { start, end } = this.entries[index]!;
    return this.bytes.toString('utf8', start, end);
  }
}

/** The form that {@link BuiltInRoles.decode} reads. */
export function encodeBuiltInRoles(roles: readonly StoredRole[]): Buffer {
  const sorted = [...roles].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const permissions = sorted.map(role => JSON.stringify(role.permissions));
  const index = sorted.map(({ guid, name, setSize, setFingerprint, permissions: entries }, i) => {
    const conditional = entries.some(({ condition }) => condition !== undefined) ? 'c' : '-';
    return [guid, name, setSize, setFingerprint, conditional, Buffer.byteLength(permissions[i]!)].join('\t');
  });
  const lines = [...index, '', ...permissions].map(line => `${line}\n`);
  return seal(format, sorted.length, Buffer.from(lines.join(''), 'utf8'));
}

/** What stands between two quotes and may be an action: no action string of a built-in role needs an escape. */
function actionsIn(text: string): string[] {
  return text.split('"').filter(part => part === '*' || (part.includes('/') && !part.includes(',[')));
}

/** A string with a star before its first slash: it may cover operations of any provider. */
const mentionsEveryProvider = /"[^"/]*\*/;

/** A stored role in the form of all others. Its document has no text: places in it have pointers but no range. */
export function toRoleDefinition(stored: Pick<StoredRole, 'guid' | 'name' | 'permissions'>): RoleDefinition {
  const document: SourceDocument = {
    file: `built-in:${stored.name}`,
    text: '',
    root: undefined as JsonNode | undefined,
    comments: [],
    tolerated: [],
    syntaxProblems: [],
  };
  const at = (pointer: string): SourceRef => ({ document, pointer, range: undefined });
  return {
    at: at(''),
    shape: 'catalog',
    name: { value: stored.name, at: at('/roleName') },
    id: { value: stored.guid, at: at('/name') },
    guid: stored.guid,
    description: undefined,
    roleType: 'BuiltInRole',
    assignableScopes: [{ value: '/', at: at('/assignableScopes/0') }],
    assignableScopesAt: at('/assignableScopes'),
    permissions: stored.permissions.map((permission, i) => toPermission(permission, i, at)),
    defects: [],
  };
}

function toPermission(
  stored: StoredPermission,
  index: number,
  at: (pointer: string) => SourceRef,
): Permission {
  const base = `/permissions/${index}`;
  const entries = (list: ActionList): ActionEntry[] =>
    (stored[list] ?? []).map((text, i) => ({
      text,
      key: actionKey(text),
      list,
      permissionIndex: index,
      at: at(`${base}/${list}/${i}`),
    }));
  const located = (key: 'condition' | 'conditionVersion'): Permission['condition'] =>
    stored[key] === undefined ? undefined : { value: stored[key], at: at(`${base}/${key}`) };
  return {
    at: at(base),
    actions: entries('actions'),
    notActions: entries('notActions'),
    dataActions: entries('dataActions'),
    notDataActions: entries('notDataActions'),
    condition: located('condition'),
    conditionVersion: located('conditionVersion'),
  };
}
