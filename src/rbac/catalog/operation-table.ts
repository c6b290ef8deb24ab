import { providerOf } from '../model/provider-of.js';
import { compareText } from '../../compare-text.js';
import {
  damaged,
  openSealed,
  readSealed,
  seal,
  type SealedBlock,
  sealedBlock,
  type SealedContent,
  type BlockPlace,
} from './sealed-file.js';

/** `both`: published with and without `isDataAction`. `unknown`: nothing published says. */
export type OperationPlane = 'control' | 'data' | 'both' | 'unknown';

/** How sure the plane is: the provider says so, we conclude it from the operation's neighbours, or neither. */
export type PlaneBasis = 'published' | 'inferred' | 'none';

/** One operation that a resource provider publishes. */
export interface Operation {
  /** The number in the table: operations are numbered in the order of their ASCII-lower-cased names. */
  readonly index: number;
  /** As Azure spells it. */
  readonly name: string;
  readonly plane: OperationPlane;
  readonly basis: PlaneBasis;
}

/** The operations of one provider, read when first asked for. */
export interface ProviderOperations {
  /** The provider's namespace, in lower case. */
  readonly provider: string;
  /** The number of its first operation. */
  readonly first: number;
  readonly count: number;
  /** Canonical names, sorted by their lower-cased form. */
  readonly names: readonly string[];
  /** The same in lower case. */
  readonly lowerNames: readonly string[];
}

/**
 * What is known of the planes, as bits: bit `i` of a list (word `i >> 5`, from the lowest up) speaks of operation `i`.
 * On both planes where both have it; of unknown plane where neither does.
 */
export interface PlaneBits {
  readonly control: Uint32Array;
  readonly data: Uint32Array;
  /** Nobody published the plane: we conclude it. */
  readonly inferred: Uint32Array;
}

const format = 'azrbac-operations 5';

interface TableIndex {
  /** Each as Base64: see {@link PlaneBits}. */
  readonly planes: Readonly<Record<keyof PlaneBits, string>>;
  /** In the order of the blocks: namespace, how many operations, and the block. */
  readonly providers: readonly (readonly [provider: string, operations: number, ...block: SealedBlock])[];
}

/** Kept at once, so that a file of 100,000 strings does not stay in memory. */
const maxIndexes = 65_536;

/**
 * A sorted table of operations in the project's own compact text form, decoded one provider at a time: linting a role
 * touches a handful of the 300 providers, and start-up time is what people wait for.
 *
 * Sealed (see {@link readSealed}): the index holds the plane bits and the providers, and each provider is a block. In it each
 * operation is a line of: how many leading segments it shares with the line before (one base-36 digit) and the remaining segments.
 * Each provider starts anew with 0 shared segments.
 */
export class OperationTable {
  private readonly providersByName: ReadonlyMap<string, ProviderSection>;
  /** Answers of {@link indexOf}: every rule asks for the same strings. */
  private readonly indexes = new Map<string, number>();

  private constructor(
    private readonly sections: readonly ProviderSection[],
    readonly size: number,
    readonly planes: PlaneBits,
  ) {
    this.providersByName = new Map(sections.map(section => [section.provider, section]));
  }

  /** Reads a file; its providers when they are needed. @throws UserError where it is not an undamaged table. */
  static open(file: string): OperationTable {
    return OperationTable.from(openSealed(file, format), file);
  }

  /** The same of bytes; `file` names them in messages. */
  static decode(bytes: Buffer, file: string): OperationTable {
    return OperationTable.from(readSealed(bytes, format, file), file);
  }

  private static from(sealed: SealedContent<TableIndex>, file: string): OperationTable {
    const sections: ProviderSection[] = [];
    let first = 0;
    let start = 0;
    for (const [provider, count, length, checksum] of sealed.index.providers) {
      const block = { start, length, checksum };
      sections.push(new ProviderSection(sealed, block, { provider, first, count }));
      first += count;
      start += length;
    }
    if (first !== sealed.count) throw damaged(file, 'its providers do not add up');
    const { control, data, inferred } = sealed.index.planes;
    const planes = { control: decodeBits(control), data: decodeBits(data), inferred: decodeBits(inferred) };
    return new OperationTable(sections, first, planes);
  }

  /** Reads all that it holds. @throws UserError where something is damaged. */
  verify(): void {
    for (const section of this.sections) section.verify();
  }

  /** In the order of their operations. */
  get providers(): readonly ProviderOperations[] {
    return this.sections;
  }

  /** Finds a provider by its namespace in lower case. */
  provider(namespace: string): ProviderOperations | undefined {
    return this.providersByName.get(namespace);
  }

  /** Ignores case. */
  find(name: string): Operation | undefined {
    const index = this.indexOf(name);
    return index < 0 ? undefined : this.at(index);
  }

  /** The number of the operation of that name, in any case; -1 where there is none. */
  indexOf(name: string): number {
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = this.search(name.toLowerCase());
      if (this.indexes.size >= maxIndexes) this.indexes.clear();
      this.indexes.set(name, index);
    }
    return index;
  }

  private search(lower: string): number {
    const slash = lower.indexOf('/');
    const section = this.providersByName.get(slash < 0 ? lower : lower.slice(0, slash));
    const at = section?.indexOf(lower) ?? -1;
    return section === undefined || at < 0 ? -1 : section.first + at;
  }

  /** @throws RangeError where there is no such number. */
  at(index: number): Operation {
    let low = 0;
    let high = this.sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.sections[middle]!.first <= index) low = middle;
      else high = middle - 1;
    }
    const section = this.sections[low];
    if (section === undefined || index < 0 || index >= this.size)
      throw new RangeError(`no operation ${index}`);
    return this.operationIn(section, index - section.first);
  }

  *[Symbol.iterator](): Generator<Operation> {
    for (const section of this.sections) {
      for (let i = 0; i < section.count; i++) yield this.operationIn(section, i);
    }
  }

  private operationIn(section: ProviderOperations, i: number): Operation {
    const index = section.first + i;
    const isControl = hasBit(this.planes.control, index);
    const isData = hasBit(this.planes.data, index);
    const plane = isControl ? (isData ? 'both' : 'control') : isData ? 'data' : 'unknown';
    const basis =
      plane === 'unknown' ? 'none' : hasBit(this.planes.inferred, index) ? 'inferred' : 'published';
    return { index, name: section.names[i]!, plane, basis };
  }
}

/** The form that {@link OperationTable.decode} reads. The operations may come in any order; names must differ. */
export function encodeOperationTable(operations: readonly Omit<Operation, 'index'>[]): Buffer {
  const sorted = operations
    .map(operation => ({ ...operation, lower: operation.name.toLowerCase() }))
    .sort((a, b) => compareText(a.lower, b.lower));
  const blocks = new Map<string, { count: number; lines: string }>();
  let previous: string[] = [];
  for (const { name, lower } of sorted) {
    const provider = providerOf(lower);
    let block = blocks.get(provider);
    if (block === undefined) {
      blocks.set(provider, (block = { count: 0, lines: '' }));
      previous = [];
    }
    const segments = name.split('/');
    let shared = 0;
    const most = Math.min(segments.length - 1, previous.length - 1, 35);
    while (shared < most && segments[shared] === previous[shared]) shared++;
    block.count++;
    block.lines += `${shared.toString(36)}${segments.slice(shared).join('/')}\n`;
    previous = segments;
  }
  const planes = {
    control: encodeBits(sorted.map(({ plane }) => plane === 'control' || plane === 'both')),
    data: encodeBits(sorted.map(({ plane }) => plane === 'data' || plane === 'both')),
    inferred: encodeBits(sorted.map(({ basis }) => basis === 'inferred')),
  };
  const bodies = [...blocks.values()].map(({ lines }) => Buffer.from(lines, 'latin1'));
  const providers = [...blocks].map(
    ([provider, { count }], i) => [provider, count, ...sealedBlock(bodies[i]!)] as const,
  );
  return seal(format, sorted.length, { planes, providers } satisfies TableIndex, bodies);
}

function hasBit(words: Uint32Array, bit: number): boolean {
  return (words[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}

/** Bytes of a list hold the bits from the lowest up, and a word's bytes come from the lowest up too. */
function decodeBits(text: string): Uint32Array {
  const bytes = Buffer.alloc((Buffer.byteLength(text, 'base64') + 3) & ~3);
  bytes.write(text, 'base64');
  if (isBigEndian) bytes.swap32();
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

const isBigEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 0;

function encodeBits(bits: readonly boolean[]): string {
  const bytes = Buffer.alloc((bits.length + 7) >>> 3);
  bits.forEach((bit, i) => {
    if (bit) bytes[i >>> 3]! |= 1 << (i & 7);
  });
  return bytes.toString('base64');
}

/** The first position in sorted `names` whose name is not below `name`. */
export function lowerBound(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (names[middle]! < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many names of a provider are looked for by halving before a map of all of them pays. */
const fewSearches = 20;

class ProviderSection implements ProviderOperations {
  private decoded: string[] | undefined;
  private lowered: string[] | undefined;
  private places: ReadonlyMap<string, number> | undefined;
  private searches = 0;

  readonly provider: string;
  readonly first: number;
  readonly count: number;

  constructor(
    private readonly sealed: SealedContent<unknown>,
    private readonly block: BlockPlace,
    { provider, first, count }: Pick<ProviderOperations, 'provider' | 'first' | 'count'>,
  ) {
    this.provider = provider;
    this.first = first;
    this.count = count;
  }

  get names(): readonly string[] {
    return (this.decoded ??= this.decode(this.text()));
  }

  get lowerNames(): readonly string[] {
    return (this.lowered ??= this.decode(this.text().toLowerCase()));
  }

  /** The place of a name in lower case among {@link lowerNames}; -1 where there is none. */
  indexOf(lower: string): number {
    const names = this.lowerNames;
    if (this.searches++ >= fewSearches) {
      this.places ??= new Map(names.map((name, i) => [name, i]));
      return this.places.get(lower) ?? -1;
    }
    const at = lowerBound(names, lower);
    return names[at] === lower ? at : -1;
  }

  private text(): string {
    return this.sealed.block(this.block).toString('latin1', 0, this.block.length - 1);
  }

  verify(): void {
    this.sealed.block(this.block);
  }

  private decode(text: string): string[] {
    const names: string[] = [];
    const prefixes = [''];
    for (const line of text.split('\n')) {
      const digit = line.charCodeAt(0);
      let depth = digit < 58 ? digit - 48 : digit - 87;
      let prefix = prefixes[depth]!;
      let at = 1;
      for (let cut = line.indexOf('/', at); cut >= 0; cut = line.indexOf('/', at)) {
        prefix += line.slice(at, cut + 1);
        prefixes[++depth] = prefix;
        at = cut + 1;
      }
      names.push(prefix + line.slice(at));
    }
    return names;
  }
}
