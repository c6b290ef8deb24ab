import type { Catalog } from '../../rbac/catalog/catalog.js';
import { resourceTypeOf } from '../../rbac/action-sets/resource-kind.js';
import { isGuid } from '../../rbac/model/guid.js';
import type { Scope } from '../../rbac/model/scope.js';
import { knownClients } from './known-clients.js';
import { parseLoggedScope } from './masked-scope.js';
import { blankInScope, cleanScope } from './scope-text.js';

/** Who was refused, as far as the text says. */
export interface RefusedPrincipal {
  readonly objectId: string | null;
  /** A client id (application id). */
  readonly clientId: string | null;
  readonly name: string | null;
  readonly kind: 'User' | 'ServicePrincipal' | null;
}

/** What one error message says. */
export interface ErrorFacts {
  readonly principal: RefusedPrincipal | null;
  /** The operations that were refused, as written. */
  readonly operations: readonly string[];
  readonly scopes: readonly Scope[];
  /** What, in a linked authorization failure, was allowed. */
  readonly allowed: { readonly operation: string; readonly scope: Scope | null } | null;
  /** A scope in which a blank stands beside a slash. */
  readonly blankIn: string | null;
  /** Names of resources that stand in addresses, such as a registry's. */
  readonly hosts: readonly string[];
}

/** A stretch of text around the place where an error was recognised. */
export interface TextAround {
  readonly before: string;
  readonly after: string;
}

/** Reads what a message says of itself. The stretches are short: patterns may be simple. */
export function readFacts(around: TextAround, catalog: Pick<Catalog, 'findOperation'>): ErrorFacts {
  const linked = /on the (?:'\d+' )?linked scope/.test(spaced(around.after));
  const end = linked ? endOfLinked(around.after) : around.after.length;
  const after = around.after.slice(0, end);
  const named = operationsIn(after, catalog);
  const scopes = scopesIn(after);
  const operations = named.length === 0 && linked ? bareVerbs(after, scopes, catalog) : named;
  const inBefore =
    operations.length === 0 || linked ? operationsIn(lastSentence(around.before), catalog) : [];
  return {
    principal: principalIn(around),
    operations: operations.length > 0 ? operations : inBefore.slice(-1),
    scopes: scopes.length > 0 || linked ? scopes : scopesIn(lastSentence(around.before)).slice(-1),
    allowed:
      linked && inBefore.length > 0
        ? { operation: inBefore.at(-1)!, scope: scopesIn(lastSentence(around.before)).at(-1) ?? null }
        : null,
    blankIn: blankInScope(`${around.before}\n${after}`),
    hosts: hostsIn(`${around.before}\n${around.after}`),
  };
}

/** Operations that a stretch names, in its order, each once. */
export function operationsIn(text: string, catalog: Pick<Catalog, 'findOperation'>): string[] {
  const found = new Map<string, string>();
  const add = (candidate: string): void => {
    const name = candidate.replace(/\s+/g, '').replace(/[.,;:]+$/, '');
    if (!/^[\w./*-]+$/.test(name)) return;
    if (!/\/(?:read|write|delete|action)$/i.test(name) && catalog.findOperation(name) === undefined) return;
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  };
  for (const [, quoted = ''] of text.matchAll(quotedText)) {
    for (const part of quoted.split(',')) if (startOfOperation.test(part.trim())) add(part);
  }
  for (const [bare] of spaced(text).matchAll(bareOperation)) add(bare);
  // A terminal may have cut a quoted name at its edge; then its first half looks like a name of its own.
  const names = [...found.values()];
  return names.filter(
    name => !names.some(other => other !== name && other.toLowerCase().startsWith(`${name.toLowerCase()}/`)),
  );
}

const quotedText = /['"`]([^'"`]{3,900})['"`]/g;
const startOfOperation = /^[a-z][a-z0-9]*(?:\.[a-z0-9]+)+\//i;
/** What may be an operation, in running text. */
export const bareOperation = /(?<![\w/.-])[a-z][a-z0-9]{0,60}(?:\.[a-z0-9]{1,60}){1,5}\/[\w./*-]{3,300}/gi;

function scopesIn(text: string): Scope[] {
  const found = new Map<string, Scope>();
  const add = (candidate: string): void => {
    const scope = parseLoggedScope(cleanScope(candidate));
    const isReadable =
      scope.kind !== 'malformed' || scope.reason === 'subscription-not-guid' || scope.reason === 'blanks';
    if (isReadable && !found.has(scope.key)) found.set(scope.key, scope);
  };
  for (const [, quoted = ''] of text.matchAll(quotedScope)) for (const part of quoted.split(',')) add(part);
  if (found.size === 0) for (const [bare] of text.matchAll(bareScope)) add(bare);
  return [...found.values()];
}

const quotedScope = /['"`](\/(?:(?:subscriptions|providers)\/[^'"`]{1,1900})?)['"`]/gi;
const bareScope = /(?<![\w.])\/(?:subscriptions|providers\/microsoft\.management)\/[^\s'"`,;)\]}]{1,1900}/gi;

/** A linked failure may name the verb alone: then the type is that of the linked scope. */
function bareVerbs(
  after: string,
  scopes: readonly Scope[],
  catalog: Pick<Catalog, 'findOperation'>,
): string[] {
  const verbs = Array.from(after.matchAll(bareVerb), ([, verb = '']) => verb);
  return scopes.flatMap(scope => {
    const type = resourceTypeOf(scope);
    return verbs.flatMap(verb => catalog.findOperation(`${type}/${verb}`)?.name ?? []).slice(0, 1);
  });
}

const bareVerb = /['"`]((?:[a-z]{1,40}\/)?(?:read|write|delete|action))['"`]/gi;

function principalIn({ before, after }: TextAround): RefusedPrincipal | null {
  const near = spaced(lastSentence(before));
  return namedClient(near) ?? namedClient(spaced(after)) ?? idsIn(spaced(after)) ?? idsIn(near);
}

function namedClient(text: string): RefusedPrincipal | null {
  const match = clientSentence.exec(text);
  if (match === null) return null;
  const [, client = '', id = ''] = match;
  const objectId = isGuid(id) ? id.toLowerCase() : null;
  if (isGuid(client)) {
    const isTool = knownClients.has(client.toLowerCase()) && id.toLowerCase() !== client.toLowerCase();
    return {
      objectId,
      clientId: client.toLowerCase(),
      name: null,
      kind: isTool ? 'User' : 'ServicePrincipal',
    };
  }
  const name = client === '' ? null : client;
  return {
    objectId,
    clientId: null,
    name,
    kind: client.includes('@') || client.includes('#') ? 'User' : null,
  };
}

const clientSentence = /client '([^']{0,300})' with object id '([^']{0,100})'/i;

function idsIn(text: string): RefusedPrincipal | null {
  const objectId = objectIdText.exec(text)?.[1]?.toLowerCase() ?? null;
  const clientId = clientIdText.exec(text)?.[1]?.toLowerCase() ?? null;
  return objectId === null && clientId === null ? null : { objectId, clientId, name: null, kind: null };
}

const guid = '([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})';
const quote = '[\'"\x60([]?';
const objectIdText = new RegExp(
  `(?:oid=|object ?id:? ?${quote}|principal(?: ?id)?:? ?${quote}|requestor )${guid}`,
  'i',
);
const clientIdText = new RegExp(`(?:appid=|client ?id:? ?${quote}|application ?id:? ?${quote})${guid}`, 'i');

function hostsIn(text: string): string[] {
  const found = Array.from(text.matchAll(host), ([name]) => name.toLowerCase());
  const vaults = Array.from(text.matchAll(vaultName), ([, name = '']) => name.toLowerCase());
  return [...new Set([...found, ...vaults])].slice(0, 5);
}

const host =
  /(?<![\w.-])[a-z0-9-]{2,63}\.(?:azurecr\.(?:io|us|cn)|(?:blob|dfs|file|queue|table)\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|vault\.(?:azure\.net|usgovcloudapi\.net|azure\.cn)|[a-z0-9-]{2,63}\.inference\.ml\.azure\.com)(?![\w-])/gi;
const vaultName = /key vault '([a-z0-9-]{3,24})[;']/gi;

/** What stands before the phrase belongs to it only as far as its own sentence goes. */
function lastSentence(before: string): string {
  const start = before.toLowerCase().lastIndexOf("client '");
  const sentence = start < 0 ? before.slice(-400) : before.slice(start);
  return start >= 0 && /\.['"]?\s/.test(sentence) ? '' : sentence;
}

/** A linked failure may go on about further scopes that a deny assignment blocks. */
function endOfLinked(after: string): number {
  const end = after.search(/['"]\s*(?:\(respectively\)|or\s+the\s+linked|\.)|and\s+is\s+blocked/i);
  return end < 0 ? after.length : end + 1;
}

function spaced(text: string): string {
  return text.replaceAll('\n', ' ');
}
