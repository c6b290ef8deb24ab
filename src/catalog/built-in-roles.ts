import { crc32 } from 'node:zlib';
import { UserError } from '../errors.js';
import type { JsonNode } from '../input/json-node.js';
import type { SourceDocument, SourceRef } from '../input/source-document.js';
import type { ActionEntry, ActionList, Permission, RoleDefinition } from '../model/role-definition.js';

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
  readonly fingerprint: string;
  /** Whether a condition guards any of its permissions. */
  readonly isConditional: boolean;
  role(): RoleDefinition;
  /** Whether some string of it may cover an operation of that provider, given in lower case. */
  mentions(provider: string): boolean;
}

const magic = 'azrbac-built-in-roles 1';

/**
 * The built-in roles. One line each: GUID, name, size and fingerprint of its set, permissions as JSON, parsed when
 * first asked for. The first line holds magic, count and CRC-32 of the rest.
 */
export class BuiltInRoles {
  private readonly byGuid = new Map<string, number>();
  private readonly byName = new Map<string, number>();
  private readonly parsed: (RoleDefinition | undefined)[] = [];

  private constructor(
    private readonly lines: readonly string[],
    /** Everything, to look for action strings in. */
    private readonly text: string,
  ) {
    lines.forEach((line, i) => {
      this.byGuid.set(line.slice(0, 36), i);
      this.byName.set(line.slice(37, line.indexOf('\t', 37)).trim().toLowerCase(), i);
    });
  }

  /** @throws UserError where the bytes are not an undamaged list; `file` names it in the message. */
  static decode(bytes: Buffer, file: string): BuiltInRoles {
    const headEnd = bytes.indexOf(10);
    const [name, version, count, checksum] = bytes.toString('latin1', 0, Math.max(headEnd, 0)).split(' ');
    const body = bytes.subarray(headEnd + 1);
    const text = body.toString('utf8').trimEnd();
    const lines = text === '' ? [] : text.split('\n');
    if (
      `${name} ${version}` !== magic ||
      lines.length !== Number(count) ||
      crc32(body).toString(16) !== checksum
    ) {
      throw new UserError(`The catalog file "${file}" is damaged: its first line does not fit the rest.`, {
        hint: 'Reinstall azrbac, or rebuild your own catalog with: azrbac catalog update',
      });
    }
    return new BuiltInRoles(lines, text);
  }

  get size(): number {
    return this.lines.length;
  }

  /** By GUID or display name; case and surrounding blanks are ignored. */
  find(nameOrGuid: string): RoleDefinition | undefined {
    const key = nameOrGuid.trim().toLowerCase();
    const index = this.byGuid.get(key) ?? this.byName.get(key);
    return index === undefined ? undefined : this.at(index);
  }

  /** Sorted by name. */
  *all(): Generator<RoleDefinition> {
    for (let i = 0; i < this.lines.length; i++) yield this.at(i);
  }

  /** Names as published, sorted. */
  names(): string[] {
    return this.lines.map(line => line.split('\t', 2)[1]!);
  }

  /** Roles whose effective set has that size, or one at most `distance` away, with the fingerprint of theirs. */
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
    this.lines.forEach((line, i) => {
      const [, name = '', setSize, fingerprint = ''] = line.split('\t', 4);
      const entry = {
        name,
        size: Number(setSize),
        fingerprint,
        role: () => this.at(i),
        mentions: (provider: string) => mentionsProvider(line.toLowerCase(), provider),
        get isConditional() {
          return line.includes('"condition":');
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
    this.lines.forEach((line, i) => {
      for (const text of actionsIn(line.toLowerCase())) {
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
    return (this.lowerStrings ??= new Set(actionsIn(this.text.toLowerCase())));
  }

  private at(index: number): RoleDefinition {
    return (this.parsed[index] ??= parseLine(this.lines[index]!));
  }
}

/** The form that {@link BuiltInRoles.decode} reads. */
export function encodeBuiltInRoles(roles: readonly StoredRole[]): Buffer {
  const lines = [...roles]
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
    .map(
      role =>
        [role.guid, role.name, role.setSize, role.setFingerprint, JSON.stringify(role.permissions)].join(
          '\t',
        ) + '\n',
    );
  const body = Buffer.from(lines.join(''), 'utf8');
  return Buffer.concat([Buffer.from(`${magic} ${lines.length} ${crc32(body).toString(16)}\n`), body]);
}

/** What stands between two quotes and may be an action: no action string of a built-in role needs an escape. */
function actionsIn(text: string): string[] {
  return text.split('"').filter(part => part === '*' || (part.includes('/') && !part.includes(',[')));
}

function parseLine(line: string): RoleDefinition {
  const [guid = '', name = '', , , permissions = '[]'] = line.split('\t');
  return toRoleDefinition({ guid, name, permissions: JSON.parse(permissions) as StoredPermission[] });
}

/** A string covers the provider's operations only if it starts with it, or with a star before its first slash. */
function mentionsProvider(lowerLine: string, provider: string): boolean {
  return lowerLine.includes(`"${provider}/`) || /"[^"/]*\*/.test(lowerLine);
}

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
