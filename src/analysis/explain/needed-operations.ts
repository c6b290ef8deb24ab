import type { OperationsByPlane } from '../../rbac/action-sets/action-set.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { type ErrorNeeds, type KnownError, namesWhatIsMissing } from './known-errors.js';
import type { MissingOperation } from './missing-operation.js';
import type { RecognisedError } from './recognise.js';
import { requestOperation } from './request-operation.js';

/** What is missing, and how sure that is. */
export interface Needed {
  readonly operations: OperationsByPlane;
  /** Who must hold it, in words, where the text names another or nobody. */
  readonly holder: string | null;
  /** What was assumed; null where the text says it. */
  readonly guess: string | null;
}

/** What the text names, else what the request that it shows needs, else what the error usually comes from. */
export function neededBy(recognised: RecognisedError, catalog: Catalog): Needed {
  const { error, facts, nearby } = recognised;
  const needs = needsOf(error, nearby.folded);
  const holder = needs?.holder ?? null;
  const asksForRole = namesWhatIsMissing(error) || needs !== undefined;
  if (!asksForRole) return { operations: {}, holder, guess: null };
  if (namesWhatIsMissing(error) && facts.operations.length > 0)
    return { operations: byPlane(facts.operations, error, catalog), holder, guess: null };
  const requested = mayComeFromRequest(error) ? requestOperation(nearby.text, catalog) : undefined;
  if (requested !== undefined) return { operations: requested, holder, guess: fromRequest };
  const { control = [], data = [] } = needs ?? {};
  return { operations: { control, data }, holder, guess: needs === undefined ? null : (error.guess ?? null) };
}

const fromRequest =
  'The text names no operation. azrbac takes it from the address and the method of the request.';

function needsOf({ needs, variants = [] }: KnownError, folded: string): ErrorNeeds | undefined {
  return variants.find(({ words }) => words.some(word => folded.includes(word)))?.needs ?? needs;
}

/** The data plane of storage and the control plane are told by addresses; other services are not. */
function mayComeFromRequest({ id, needs }: KnownError): boolean {
  return id === 'storage-permission-mismatch' || needs === undefined;
}

function byPlane(
  named: readonly string[],
  { plane }: Pick<KnownError, 'plane'>,
  catalog: Catalog,
): OperationsByPlane {
  const isData = (name: string): boolean =>
    catalog.findOperation(name)?.plane === 'data' || (plane === 'data' && !isControlOnly(name, catalog));
  const names = named.map(name => catalog.findOperation(name)?.name ?? name);
  return { control: names.filter(name => !isData(name)), data: names.filter(isData) };
}

function isControlOnly(name: string, catalog: Catalog): boolean {
  return catalog.findOperation(name)?.plane === 'control';
}

/** The same one by one, as the catalog knows them. */
export function missingFrom(
  { control = [], data = [] }: OperationsByPlane,
  catalog: Catalog,
): MissingOperation[] {
  const known = (name: string, asked: 'control' | 'data'): MissingOperation => {
    const operation = catalog.findOperation(name);
    const plane = asked === 'data' ? 'data' : (operation?.plane ?? 'unknown');
    return { name: operation?.name ?? name, inCatalog: operation !== undefined, plane };
  };
  return [...control.map(name => known(name, 'control')), ...data.map(name => known(name, 'data'))];
}
