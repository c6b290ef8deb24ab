import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ActionSet,
  AnyActionSet,
  CompositePart,
  OperationsByPlane,
} from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { shippedCatalogFolder } from '../../package/package-folder.js';
import { didYouMean } from '../../did-you-mean.js';
import type { Notice, UserError } from '../../errors.js';
import { memberOf, type JsonNode, type JsonObject } from '../../input/json-node.js';
import { positionAt } from '../../input/position.js';
import type { SourceDocument } from '../../input/source-document.js';
import { errorAt } from '../../lint/engine/config-reader.js';
import { SchemaValidator } from '../../lint/engine/schema-validator.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { foldCase } from '../../rbac/permissions/action-pattern.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { coversNothing } from './matching-operations.js';
import { InputErrors } from './input-errors.js';

/** An action set that a user wrote, and where. */
export interface OwnSetSource {
  readonly document: SourceDocument;
  readonly node: JsonNode;
}

export interface OwnActionSets {
  /** The shipped sets and the user's own. */
  readonly sets: ActionSets;
  readonly inputErrors: readonly UserError[];
  readonly notices: readonly Notice[];
}

/** Adds action sets that users wrote. They may extend ours and each other. A mistake in one spoils that one alone. */
export async function addOwnSets(
  sources: readonly OwnSetSource[],
  shipped: ActionSets,
  catalog: Catalog,
): Promise<OwnActionSets> {
  if (sources.length === 0) return { sets: shipped, inputErrors: [], notices: [] };
  const schema = JSON.parse(
    readFileSync(join(shippedCatalogFolder(), 'action-set.schema.json'), 'utf8'),
  ) as object;
  const validator = await SchemaValidator.of(schema, 'an action set', new Set());
  const inputErrors = new InputErrors();
  const reader = new OwnSetReader(shipped, catalog);
  for (const source of sources) inputErrors.attempt(() => reader.take(source, validator));
  for (const written of reader.written.values()) inputErrors.attempt(() => reader.finish(written));
  const sets = shipped.with(reader.finished);
  for (const written of reader.written.values()) inputErrors.attempt(() => reader.checkParts(written, sets));
  return { sets, inputErrors: inputErrors.list, notices: reader.notices };
}

/** As in the file; what is left out has a default. */
type WrittenFields = Partial<Omit<ActionSet, 'kind' | 'id'>> & {
  readonly id: string;
  readonly kind?: AnyActionSet['kind'];
  readonly extends?: string;
  /** What `recommended` was called at first. */
  readonly roles?: readonly string[];
  readonly remove?: readonly string[];
  readonly parts?: readonly CompositePart[];
};

interface Written extends OwnSetSource {
  readonly fields: WrittenFields;
}

class OwnSetReader {
  readonly written = new Map<string, Written>();
  readonly finished = new Map<string, AnyActionSet>();
  readonly notices: Notice[] = [];
  private readonly index: OperationIndex;

  constructor(
    private readonly shipped: ActionSets,
    private readonly catalog: Catalog,
  ) {
    this.index = new OperationIndex(catalog);
  }

  take(source: OwnSetSource, validator: SchemaValidator): void {
    const fields = validator.read<WrittenFields>(source.document, source.node);
    if (this.shipped.find(fields.id) !== undefined || this.written.has(fields.id)) {
      throw this.error(
        source,
        'id',
        `There is an action set "${fields.id}" already.`,
        'Choose another id, and name that one under "extends".',
      );
    }
    this.written.set(fields.id, { ...source, fields });
  }

  /** Makes the sets that it extends first, from the one that extends none of them on. */
  finish(written: Written): void {
    for (const each of this.chainFrom(written).reverse()) {
      const { id, parts } = each.fields;
      if (this.finished.has(id)) continue;
      this.finished.set(id, parts === undefined ? this.single(each) : this.composite(each));
    }
  }

  /** The set, the one that it extends, the one that this extends, and so on: those that users wrote. */
  private chainFrom(written: Written): Written[] {
    const chain = new Set<Written>();
    for (
      let at: Written | undefined = written;
      at !== undefined;
      at = this.written.get(at.fields.extends ?? '')
    ) {
      if (chain.has(at)) throw this.error(at, 'extends', `"${at.fields.id}" extends itself.`);
      if (chain.size === longestChain) {
        const message = `"${written.fields.id}" extends a chain of more than ${longestChain} sets.`;
        throw this.error(written, 'extends', message, 'Let sets extend one that holds what they share.');
      }
      chain.add(at);
    }
    return [...chain];
  }

  private single(written: Written): ActionSet {
    const { fields } = written;
    const { extends: base, kind = 'action-set', remove: _, parts: __, roles, ...own } = fields;
    if (kind === 'composite')
      throw this.error(written, 'kind', `The composite "${fields.id}" has no "parts".`);
    const from = base === undefined ? nothing : this.base(written, base);
    if (base === undefined && fields.required === undefined && kind === 'action-set') {
      throw this.error(written, 'id', `"${fields.id}" has neither "required" nor "extends".`);
    }
    this.checkRequired(written);
    this.notePatterns(written);
    const lists = (name: 'required' | 'tolerated' | 'forbidden'): OperationsByPlane =>
      joined(from[name], fields[name], fields.remove ?? []);
    return {
      ...from,
      title: fields.id,
      ...(roles !== undefined && { recommended: roles }),
      ...own,
      kind,
      required: lists('required'),
      tolerated: lists('tolerated'),
      forbidden: lists('forbidden'),
    };
  }

  private composite(written: Written): AnyActionSet {
    const { extends: base, kind: _, parts = [], forbidden = {}, id, ...own } = written.fields;
    if (base !== undefined)
      throw this.error(written, 'extends', `The composite "${id}" cannot extend another set.`);
    const foreign = (['required', 'tolerated', 'remove', 'scope', ...roleKeys] as const).find(
      key => key in own,
    );
    if (foreign !== undefined)
      throw this.error(written, foreign, `The composite "${id}" has "${foreign}" of its own.`, partsHint);
    const { documentation, basis, principal, notes } = nothing;
    const { title = id } = own;
    this.notePatterns(written);
    const said = { documentation, basis, principal, notes, ...pick(own), title };
    return { ...said, id, kind: 'composite', parts, forbidden };
  }

  private base(written: Written, id: string): ActionSet {
    const set = this.finished.get(id) ?? this.shipped.find(id);
    if (set === undefined) {
      const known = [...this.shipped.ids(), ...this.written.keys()];
      throw this.error(written, 'extends', `There is no action set "${id}".`, didYouMean(id, known));
    }
    if (set.kind === 'composite')
      throw this.error(written, 'extends', `"${id}" is a composite, which cannot be extended.`);
    return set;
  }

  /** A set that requires what Azure does not have could never be covered. */
  private checkRequired(written: Written): void {
    for (const plane of ['control', 'data'] as const) {
      for (const operation of written.fields.required?.[plane] ?? []) {
        if (operation.includes('*')) {
          const hint =
            'List required operations in full; only "tolerated" and "forbidden" may have wildcards.';
          throw this.error(written, 'required', `"${operation}" is a pattern.`, hint);
        }
        const known = this.catalog.findOperation(operation);
        if (known === undefined) this.noteUnknown(written, operation, plane);
        else if (known.plane !== plane && known.plane !== 'both' && known.plane !== 'unknown') {
          const message = `"${operation}" is no ${plane}-plane operation: no role can grant it as one.`;
          throw this.error(written, 'required', message, `Put it under "${known.plane}".`);
        }
      }
    }
    for (const key of roleKeys) this.checkRoles(written, key);
  }

  private checkRoles(written: Written, key: (typeof roleKeys)[number]): void {
    for (const role of (written.fields[key] ?? []).flat()) {
      if (this.catalog.builtInRoles.findNamed(role) !== undefined) continue;
      const hint = didYouMean(role, this.catalog.builtInRoles.names());
      throw this.error(written, key, `There is no built-in role "${role}".`, hint);
    }
  }

  /** A slip in what is forbidden must not look as if nothing of it were held. */
  private notePatterns({ document, node, fields }: Written): void {
    for (const list of ['tolerated', 'forbidden'] as const) {
      for (const plane of ['control', 'data'] as const) {
        for (const text of (fields[list]?.[plane] ?? []).filter(pattern =>
          coversNothing({ text: pattern, plane }, this.index),
        )) {
          const message = `"${text}", ${list} by "${fields.id}", covers no ${plane}-plane operation of the catalog of ${this.catalog.date}.`;
          this.notices.push({
            code: 'pattern-without-operations',
            message,
            file: document.file,
            ...positionAt(document, node.start),
          });
        }
      }
    }
  }

  private noteUnknown({ document, node, fields }: Written, operation: string, plane: Plane): void {
    const message = `"${fields.id}" requires "${operation}", which is no ${plane}-plane operation of the catalog of ${this.catalog.date}.`;
    this.notices.push({
      code: 'operation-unknown',
      message,
      file: document.file,
      ...positionAt(document, node.start),
    });
  }

  checkParts(written: Written, sets: ActionSets): void {
    for (const { set } of written.fields.parts ?? []) {
      const found = sets.find(set);
      if (found === undefined)
        throw this.error(written, 'parts', `There is no action set "${set}".`, didYouMean(set, sets.ids()));
      if (found.kind === 'composite') throw this.error(written, 'parts', `"${set}" is a composite itself.`);
    }
  }

  private error({ document, node }: OwnSetSource, key: string, message: string, hint?: string): UserError {
    return errorAt(document, memberOf(node as JsonObject, key) ?? node, message, hint);
  }
}

const roleKeys = ['roles', 'recommended', 'recommendedTogether', 'coveredBy'] as const;

/** Nobody keeps track of more; each holds all that those before it hold. */
const longestChain = 100;

const partsHint = 'Its parts say what is needed, and where; beside them, a composite may have "forbidden".';

/** What an own set starts from. */
const nothing: Omit<ActionSet, 'id' | 'title'> = {
  kind: 'action-set',
  documentation: '',
  basis: 'documented',
  principal: 'any',
  scope: 'any',
  required: {},
  tolerated: {},
  forbidden: {},
  recommended: [],
  recommendedTogether: [],
  coveredBy: [],
  notes: [],
};

/** What is said of every kind of set. */
function pick({ documentation, basis, principal, notes }: Omit<Partial<ActionSet>, 'kind'>) {
  return {
    ...(documentation !== undefined && { documentation }),
    ...(basis !== undefined && { basis }),
    ...(principal !== undefined && { principal }),
    ...(notes !== undefined && { notes }),
  };
}

function joined(
  base: OperationsByPlane,
  own: OperationsByPlane = {},
  removed: readonly string[],
): OperationsByPlane {
  const without = new Set(removed.map(foldCase));
  const lists = (['control', 'data'] as const).flatMap(plane => {
    const all = new Map([...(base[plane] ?? []), ...(own[plane] ?? [])].map(text => [foldCase(text), text]));
    const left = [...all].filter(([folded]) => !without.has(folded)).map(([, text]) => text);
    return left.length === 0 ? [] : [[plane, left] as const];
  });
  return Object.fromEntries(lists);
}
