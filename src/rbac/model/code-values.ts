import {
  locatedItems,
  unknownsIn,
  type LocatedObject,
  type LocatedValue,
  type UnknownReason,
} from '../../input/located-value.js';
import type { DocumentRange, Located, OriginStep, SourceRef } from '../../input/source-document.js';
import type { RoleDefect, RoleUnknown } from './role-definition.js';

/** Reads the values of a resource, and keeps what is unknown and what is of the wrong type. */
export class CodeValues {
  readonly unknowns: RoleUnknown[] = [];
  readonly defects: RoleDefect[] = [];

  constructor(private readonly address: string) {}

  /** A text; undefined where none is written, where it is null, and where it is unknown. */
  text(
    value: LocatedValue | undefined,
    part: RoleUnknown['part'],
    pointer = `/${part}`,
  ): Located<string> | undefined {
    if (value === undefined || value.kind === 'null') return undefined;
    if (value.kind === 'string') return { value: value.value, at: this.refTo(value, pointer) };
    if (value.kind === 'unknown') this.unknownIn(value, part);
    else this.wrongType(value, 'a string', pointer);
    return undefined;
  }

  /** The texts of a list that are known. A lone text counts as a list of one, as its author meant. */
  texts(value: LocatedValue | undefined, part: RoleUnknown['part'], pointer: string): Located<string>[] {
    if (value === undefined || value.kind === 'null') return [];
    if (value.kind === 'unknown') return this.unknownIn(value, part);
    if (value.kind !== 'list') {
      this.wrongType(value, 'a list of strings', pointer);
      return value.kind === 'string' ? [{ value: value.value, at: this.refTo(value, pointer) }] : [];
    }
    if (value.more !== undefined) this.unknown(part, value.more);
    return locatedItems(value).flatMap((item, index) => this.item(item, part, `${pointer}/${index}`));
  }

  /** The objects of a list that are known. A lone object counts as a list of one. */
  objects(value: LocatedValue | undefined, part: RoleUnknown['part'], pointer: string): LocatedObject[] {
    if (value === undefined || value.kind === 'null') return [];
    if (value.kind === 'unknown') return this.unknownIn(value, part);
    if (value.kind === 'object') {
      this.wrongType(value, 'a list of objects', pointer);
      return [value];
    }
    if (value.kind !== 'list') {
      this.wrongType(value, 'a list of objects', pointer);
      return [];
    }
    if (value.more !== undefined) this.unknown(part, value.more);
    return locatedItems(value).flatMap((item, index) => {
      if (item.kind === 'object') return [item];
      if (item.kind === 'unknown') return this.unknownIn(item, part);
      this.wrongType(item, 'a list of objects', `${pointer}/${index}`);
      return [];
    });
  }

  unknown(part: RoleUnknown['part'], reason: UnknownReason): void {
    this.unknowns.push({ part, reason });
  }

  refTo({ at, via }: LocatedValue, pointer: string): SourceRef {
    return this.ref(at, pointer, via);
  }

  /** The pointer says the way to the value from the name of its resource. */
  ref({ document, start, end }: DocumentRange, pointer: string, via: readonly OriginStep[] = []): SourceRef {
    const ref = { document, pointer: `/${this.address}${pointer}`, range: { start, end } };
    return via.length === 0 ? ref : { ...ref, via };
  }

  private item(value: LocatedValue, part: RoleUnknown['part'], pointer: string): Located<string>[] {
    if (value.kind === 'string') return [{ value: value.value, at: this.refTo(value, pointer) }];
    if (value.kind === 'unknown') return this.unknownIn(value, part);
    this.wrongType(value, 'a list of strings', pointer);
    return [];
  }

  private unknownIn(value: LocatedValue, part: RoleUnknown['part']): [] {
    for (const reason of unknownsIn(value)) this.unknown(part, reason);
    return [];
  }

  private wrongType(value: LocatedValue, expected: string, pointer: string): void {
    const property = pointer.split('/').findLast(name => !/^\d*$/.test(name)) ?? '';
    const found = nameOfKind[value.kind];
    this.defects.push({
      kind: 'wrong-type',
      at: this.refTo(value, pointer),
      evidence: { property, expected, found },
    });
  }
}

const nameOfKind: Readonly<Record<LocatedValue['kind'], string>> = {
  object: 'an object',
  list: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  unknown: 'unknown',
};
