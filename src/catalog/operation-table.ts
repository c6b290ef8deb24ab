import { crc32 } from 'node:zlib';
import { UserError } from '../errors.js';

/** `both`: published with and without `isDataAction`. `unknown`: nothing published says. */
export type OperationPlane = 'control' | 'data' | 'both' | 'unknown';

/** How sure the plane is: the provider says so, we conclude it from the operation's neighbours, or neither. */
export type PlaneBasis = 'published' | 'inferred' | 'none';

/** One operation that a resource provider publishes. */
export interface Operation {
  /** Its number in the table: operations are numbered in the order of their ASCII-lower-cased names. */
  readonly index: number;
  /** As Azure spells it. */
  readonly name: string;
  readonly plane: OperationPlane;
  readonly basis: PlaneBasis;
}

/** One letter per operation in the file; capitals are inferred. */
const planeCodes: Readonly<Record<string, readonly [OperationPlane, PlaneBasis]>> = {
  c: ['control', 'published'],
  C: ['control', 'inferred'],
  d: ['data', 'published'],
  D: ['data', 'inferred'],
  b: ['both', 'published'],
  u: ['unknown', 'none'],
};

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
  /** The planes of its operations in turn, as runs of operations that agree. */
  readonly planeRuns: readonly PlaneRun[];
}

/** That many operations, one after the other, of the same plane on the same evidence. */
export interface PlaneRun {
  readonly count: number;
  readonly plane: OperationPlane;
  readonly basis: PlaneBasis;
}

const magic = 'azrbac-operations 2';

/**
 * A sorted table of operations in the project's own compact text form, decoded one provider at a time: linting a role
 * touches a handful of the 300 providers, and start-up time is what people wait for.
 *
 * First line: magic, count, CRC-32 of the rest. Then a line per provider (its namespace, how many operations, the bytes
 * of their lines, and their plane codes as runs such as `12c3D`), an empty line, and per operation a line of: how many
 * leading segments it shares with the line before (one base-36 digit) and the remaining segments. Each provider starts
 * anew with 0 shared segments.
 */
export class OperationTable {
  readonly size: number;
  private readonly providersByName: ReadonlyMap<string, ProviderSection>;

  private constructor(
    private readonly sections: readonly ProviderSection[],
    size: number,
  ) {
    this.size = size;
    this.providersByName = new Map(sections.map(section => [section.provider, section]));
  }

  /** @throws UserError where the bytes are not an undamaged table; `file` names it in the message. */
  static decode(bytes: Buffer, file: string): OperationTable {
    const damaged = (why: string): UserError =>
      new UserError(`The catalog file "${file}" is damaged: ${why}.`, {
        hint: 'Reinstall azrbac, or rebuild your own catalog with: azrbac catalog update',
      });
    const headEnd = bytes.indexOf(10);
    const [name, version, count, checksum] = bytes.toString('latin1', 0, Math.max(headEnd, 0)).split(' ');
    if (`${name} ${version}` !== magic) throw damaged('its first line is not that of an operation table');
    if (crc32(bytes.subarray(headEnd + 1)).toString(16) !== checksum) throw damaged('its checksum is wrong');
    const indexEnd = bytes.indexOf('\n\n', headEnd);
    const sections: ProviderSection[] = [];
    let first = 0;
    let start = indexEnd + 2;
    for (const line of bytes.toString('latin1', headEnd + 1, indexEnd).split('\n')) {
      const [provider = '', operations, length, runs = ''] = line.split(' ');
      const end = start + Number(length);
      sections.push(new ProviderSection(bytes, provider, first, Number(operations), runs, start, end));
      first += Number(operations);
      start = end;
    }
    if (first !== Number(count) || start !== bytes.length) throw damaged('its provider lines do not add up');
    return new OperationTable(sections, first);
  }

  /** In the order of their operations. */
  get providers(): readonly ProviderOperations[] {
    return this.sections;
  }

  /** By namespace in lower case. */
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
    const lower = name.toLowerCase();
    const slash = lower.indexOf('/');
    const section = this.providersByName.get(slash < 0 ? lower : lower.slice(0, slash));
    if (section === undefined) return -1;
    const at = lowerBound(section.lowerNames, lower);
    return section.lowerNames[at] === lower ? section.first + at : -1;
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
    if (section === undefined || index < 0 || index >= this.size) throw new RangeError(`no operation ${index}`);
    return operationIn(section, index - section.first);
  }

  *[Symbol.iterator](): Generator<Operation> {
    for (const section of this.sections) {
      for (let i = 0; i < section.count; i++) yield operationIn(section, i);
    }
  }
}

/** The form that {@link OperationTable.decode} reads. The operations may come in any order; names must differ. */
export function encodeOperationTable(operations: readonly Omit<Operation, 'index'>[]): Buffer {
  const sorted = operations
    .map(operation => ({ ...operation, lower: operation.name.toLowerCase() }))
    .sort((a, b) => (a.lower < b.lower ? -1 : 1));
  const blocks = new Map<string, { codes: string; lines: string }>();
  let previous: string[] = [];
  for (const { name, lower, plane, basis } of sorted) {
    const provider = lower.split('/', 1)[0]!;
    let block = blocks.get(provider);
    if (block === undefined) {
      blocks.set(provider, (block = { codes: '', lines: '' }));
      previous = [];
    }
    const segments = name.split('/');
    let shared = 0;
    const most = Math.min(segments.length - 1, previous.length - 1, 35);
    while (shared < most && segments[shared] === previous[shared]) shared++;
    block.codes += codeOf(plane, basis);
    block.lines += `${shared.toString(36)}${segments.slice(shared).join('/')}\n`;
    previous = segments;
  }
  const index = [...blocks].map(([provider, { codes, lines }]) => {
    const runs = codes.replace(/(.)\1*/g, run => `${run.length}${run[0]}`);
    return `${provider} ${codes.length} ${lines.length} ${runs}\n`;
  });
  const body = Buffer.from(`${index.join('')}\n${[...blocks.values()].map(block => block.lines).join('')}`, 'latin1');
  return Buffer.concat([Buffer.from(`${magic} ${sorted.length} ${crc32(body).toString(16)}\n`, 'latin1'), body]);
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

class ProviderSection implements ProviderOperations {
  private decoded: string[] | undefined;
  private lowered: string[] | undefined;
  private parsedRuns: PlaneRun[] | undefined;

  constructor(
    private readonly bytes: Buffer,
    readonly provider: string,
    readonly first: number,
    readonly count: number,
    private readonly runs: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  get planeRuns(): readonly PlaneRun[] {
    return (this.parsedRuns ??= this.runs.match(/\d+./g)!.map(run => {
      const [plane, basis] = planeCodes[run.at(-1)!]!;
      return { count: Number.parseInt(run, 10), plane, basis };
    }));
  }

  get names(): readonly string[] {
    return (this.decoded ??= this.decode(this.text()));
  }

  get lowerNames(): readonly string[] {
    return (this.lowered ??= this.decode(this.text().toLowerCase()));
  }

  private text(): string {
    return this.bytes.toString('latin1', this.start, this.end - 1);
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

function operationIn(section: ProviderOperations, i: number): Operation {
  let left = i;
  const { plane, basis } = section.planeRuns.find(run => (left -= run.count) < 0)!;
  return { index: section.first + i, name: section.names[i]!, plane, basis };
}

function codeOf(plane: OperationPlane, basis: PlaneBasis): string {
  const code = Object.entries(planeCodes).find(([, [p, b]]) => p === plane && b === basis)?.[0];
  if (code === undefined) throw new Error(`no code for plane ${plane} on ${basis} evidence`);
  return code;
}
