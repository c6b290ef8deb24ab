import { providerOf } from '../model/provider-of.js';
import { compareText } from '../../compare-text.js';
import { append } from '../../maps.js';
import type { JsonNode } from '../../input/json-node.js';
import type { SourceDocument, SourceRef } from '../../input/source-document.js';
import { actionKey } from '../model/action-key.js';
import type { ActionEntry, ActionList, Permission, RoleDefinition } from '../model/role-definition.js';
import {
  damaged,
  openSealed,
  readSealed,
  seal,
  type SealedBlock,
  sealedBlock,
  type SealedContent,
} from './sealed-file.js';

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
  /** Names that Azure gave it before, the newest last. */
  readonly formerNames: readonly string[];
  /** How many operations its effective set has over the operations of the same catalog, both planes together. */
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

const format = 'azrbac-built-in-roles 4';

/** A built-in role that somebody named, and the name that it no longer has where that was used. */
export interface NamedBuiltInRole {
  readonly role: RoleDefinition;
  readonly formerName: string | undefined;
}

/** A list per column, sorted by name: as JSON of 60 kB that is read in a third of a millisecond. */
interface RolesIndex {
  readonly guids: readonly string[];
  readonly names: readonly string[];
  readonly setSizes: readonly number[];
  /** Whose permissions have a condition, by place. */
  readonly conditional: readonly number[];
  /** Names that roles had before, by place. */
  readonly formerNames: Readonly<Record<number, readonly string[]>>;
  /** The permissions of each, as JSON. */
  readonly blocks: readonly SealedBlock[];
}

/**
 * The built-in roles, sealed (see {@link readSealed}): the index holds all of them but their permissions, and the permissions of each
 * are a block, which is parsed when first asked for.
 */
export class BuiltInRoles {
  private readonly parsed: (RoleDefinition | undefined)[] = [];
  private readonly lowerTexts: (string | undefined)[] = [];
  private readonly starts: readonly number[];
  private placesByKey: ReadonlyMap<string, number> | undefined;

  private constructor(private readonly sealed: SealedContent<RolesIndex>) {
    let start = 0;
    this.starts = sealed.index.blocks.map(([length]) => (start += length) - length);
  }

  /** Reads a file; permissions when they are needed. @throws UserError where it is not an undamaged list. */
  static open(file: string): BuiltInRoles {
    return BuiltInRoles.from(openSealed(file, format), file);
  }

  /** The same of bytes; `file` names them in messages. */
  static decode(bytes: Buffer, file: string): BuiltInRoles {
    return BuiltInRoles.from(readSealed(bytes, format, file), file);
  }

  private static from(sealed: SealedContent<RolesIndex>, file: string): BuiltInRoles {
    if (sealed.index.guids.length !== sealed.count) throw damaged(file, 'its roles do not add up');
    return new BuiltInRoles(sealed);
  }

  get size(): number {
    return this.sealed.count;
  }

  /** Reads all that it holds. @throws UserError where something is damaged. */
  verify(): void {
    for (let i = 0; i < this.size; i++) this.permissionsOf(i);
  }

  /** Finds a role by GUID or display name; case and surrounding blanks are ignored. */
  find(nameOrGuid: string): RoleDefinition | undefined {
    const index = this.places.get(nameOrGuid.trim().toLowerCase());
    return index === undefined ? undefined : this.at(index);
  }

  /**
   * The same for what people write: a role goes by its former names too, unless another role has taken one of them. Azure itself
   * no longer finds it by these.
   */
  findNamed(nameOrGuid: string): NamedBuiltInRole | undefined {
    const current = this.find(nameOrGuid);
    if (current !== undefined) return { role: current, formerName: undefined };
    const former = this.former.get(nameOrGuid.trim().toLowerCase());
    return former && { role: this.at(former.place), formerName: former.name };
  }

  /** Names that Azure gave it before, the newest last. */
  formerNamesOf(guid: string): readonly string[] {
    const place = this.places.get(guid);
    return place === undefined ? [] : (this.sealed.index.formerNames[place] ?? []);
  }

  private formerByName: ReadonlyMap<string, { readonly name: string; readonly place: number }> | undefined;

  private get former(): ReadonlyMap<string, { readonly name: string; readonly place: number }> {
    return (this.formerByName ??= new Map(
      Object.entries(this.sealed.index.formerNames).flatMap(([place, names]) =>
        names.map(name => [name.toLowerCase(), { name, place: Number(place) }] as const),
      ),
    ));
  }

  private get places(): ReadonlyMap<string, number> {
    if (this.placesByKey !== undefined) return this.placesByKey;
    const { guids, names } = this.sealed.index;
    const byName = names.map((name, i) => [name.toLowerCase(), i] as const);
    return (this.placesByKey = new Map([...byName, ...guids.map((guid, i) => [guid, i] as const)]));
  }

  /** Sorted by name. */
  *all(): Generator<RoleDefinition> {
    for (let i = 0; i < this.size; i++) yield this.at(i);
  }

  /** Names as published, sorted. */
  names(): string[] {
    return [...this.sealed.index.names];
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
    const { names, setSizes, conditional } = this.sealed.index;
    const isConditional = new Set(conditional);
    names.forEach((name, i) => {
      const mentioned = new Map<string, boolean>();
      const entry = {
        name,
        size: setSizes[i]!,
        isConditional: isConditional.has(i),
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
      append(bySize, entry.size, entry);
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
    this.sealed.index.guids.forEach((_, i) => {
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
    this.namespaces ??= new Set(Array.from(this.strings, providerOf));
    return this.namespaces.has(namespace);
  }

  private namespaces: ReadonlySet<string> | undefined;
  private lowerStrings: ReadonlySet<string> | undefined;

  private get strings(): ReadonlySet<string> {
    return (this.lowerStrings ??= new Set(
      this.sealed.index.guids.flatMap((_, i) => actionsIn(this.lowerTextOf(i))),
    ));
  }

  private at(index: number): RoleDefinition {
    const { guids, names } = this.sealed.index;
    return (this.parsed[index] ??= toRoleDefinition({
      guid: guids[index]!,
      name: names[index]!,
      permissions: JSON.parse(this.permissionsOf(index)) as StoredPermission[],
    }));
  }

  private lowerTextOf(index: number): string {
    return (this.lowerTexts[index] ??= this.permissionsOf(index).toLowerCase());
  }

  private permissionsOf(index: number): string {
    const [length, checksum] = this.sealed.index.blocks[index]!;
    return this.sealed
      .block({ start: this.starts[index]!, length, checksum })
      .toString('utf8', 0, length - 1);
  }
}

/** The form that {@link BuiltInRoles.decode} reads. */
export function encodeBuiltInRoles(roles: readonly StoredRole[]): Buffer {
  const sorted = [...roles].sort((a, b) => compareText(a.name.toLowerCase(), b.name.toLowerCase()));
  const blocks = sorted.map(role => Buffer.from(`${JSON.stringify(role.permissions)}\n`, 'utf8'));
  const index: RolesIndex = {
    guids: sorted.map(({ guid }) => guid),
    names: sorted.map(({ name }) => name),
    setSizes: sorted.map(({ setSize }) => setSize),
    formerNames: Object.fromEntries(
      sorted.flatMap(({ formerNames }, i) => (formerNames.length > 0 ? [[i, formerNames] as const] : [])),
    ),
    conditional: sorted.flatMap(({ permissions }, i) => (permissions.some(isGuarded) ? [i] : [])),
    blocks: blocks.map(sealedBlock),
  };
  return seal(format, sorted.length, index, blocks);
}

function isGuarded({ condition }: StoredPermission): boolean {
  return condition !== undefined;
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
