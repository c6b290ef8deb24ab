import { refusal } from './azure-error.js';

/** A query of Resource Graph, as far as the server needs to understand it. */
export interface ResourceGraphQuery {
  readonly table: 'authorizationresources' | 'resourcecontainers' | 'resources';
  /** In lower case; none stands for all. */
  readonly types: readonly string[];
  readonly customRolesOnly: boolean;
  readonly withIdentityOnly: boolean;
  /** Columns that are kept; `undefined` where all are. */
  readonly columns: readonly string[] | undefined;
}

const tables = ['authorizationresources', 'resourcecontainers', 'resources'] as const;

/** What stands between two pipes, as the collector writes it. Anything else is refused, never guessed. */
const clauses = {
  types: /^where type (?:=~|==|in~|in) \(?((?:'[^']+'(?:, ?)?)+)\)?$/i,
  customRoles: /^where (?:tostring\()?properties\.type\)? (?:=~|==) 'CustomRole'$/i,
  identity: /^where isnot(?:empty|null)\(identity(?:\.type)?\)$/i,
  columns: /^project ([\w. ,]+)$/i,
  order: /^(?:order|sort) by id(?: asc)?$/i,
};

/** @throws AzureError where it is none that is known. */
export function readQuery(text: string): ResourceGraphQuery {
  const [head, ...rest] = text.split('|').map(part => part.trim().replaceAll(/\s+/g, ' '));
  const table = tables.find(name => name === head!.toLowerCase());
  if (table === undefined) throw unknownQuery(text);
  const found = { types: [] as string[], customRolesOnly: false, withIdentityOnly: false };
  let columns: string[] | undefined;
  for (const clause of rest) {
    const types = clauses.types.exec(clause)?.[1];
    const projected = clauses.columns.exec(clause)?.[1];
    if (types !== undefined)
      found.types = [...types.matchAll(/'([^']+)'/g)].map(([, one]) => one!.toLowerCase());
    else if (projected !== undefined) columns = projected.split(',').map(name => name.trim());
    else if (clauses.customRoles.test(clause)) found.customRolesOnly = true;
    else if (clauses.identity.test(clause)) found.withIdentityOnly = true;
    else if (!clauses.order.test(clause)) throw unknownQuery(text);
  }
  return { table, ...found, columns };
}

function unknownQuery(text: string): Error {
  return refusal(400, 'BadRequest', `ParserFailure: the query is not understood: ${text}`);
}
