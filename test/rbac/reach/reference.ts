import { readFileSync } from 'node:fs';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import type { OperationReach } from '../../../src/rbac/reach/operation-reach.js';
import { definition } from '../../laws/reference.js';

// Where an operation can have an effect, as slow and obvious as it can be: scopes are taken apart segment by segment, and
// every line of the facts is tried with a regular expression.

interface Fact {
  readonly operations: readonly string[];
  readonly plane?: Plane;
  readonly hosts?: readonly string[] | string;
  readonly elsewhere?: string;
  readonly at?: readonly string[];
  readonly reach?: OperationReach;
  readonly lowest?: string;
  readonly unknownAt?: readonly string[];
}

type Facts = Readonly<Record<'extensions' | 'data' | 'above', readonly Fact[]>> & {
  readonly providerLevel: Fact;
};

const facts = JSON.parse(
  readFileSync(new URL('../../../role-catalog/reach.json', import.meta.url), 'utf8'),
) as Facts;

/** The answer for a scope that is a place. */
export function expectedReach(scope: string, operation: string, plane: Plane): OperationReach {
  const segments = scope
    .toLowerCase()
    .split('/')
    .filter(part => part !== '');
  const level = levelOf(segments);
  return level === undefined
    ? atResource(typesOf(segments), operation.toLowerCase(), plane)
    : plane === 'data'
      ? 'in'
      : atLevel(level, operation.toLowerCase());
}

/** What is done to a resource: something to it or its parts, or something to what is attached to it. */
function atResource(types: readonly string[], operation: string, plane: Plane): OperationReach {
  const words = operation.split('/');
  if (words.length > types.length && types.every((type, at) => type === words[at])) return 'in';
  const type = types.join('/');
  const answers = facts.extensions
    .filter(fact => (fact.plane ?? 'control') === plane && names(fact, operation))
    .map(({ hosts, elsewhere }) => {
      if (hosts === 'any') return 'in';
      if (hosts === 'unknown') return 'unknown';
      const isHost = [...(hosts ?? [])].some(host => `${host.toLowerCase()}/`.startsWith(`${type}/`));
      return isHost ? 'in' : (elsewhere ?? 'out');
    });
  if (answers.includes('in')) return 'in';
  if (plane === 'data') {
    const said = facts.data.filter(
      fact => fact.at!.some(at => at.toLowerCase() === type) && names(fact, operation),
    );
    if (said.length > 0) return said.some(({ reach }) => reach === 'in') ? 'in' : 'out';
    if (words[0] === types[0]) return 'unknown';
  }
  return answers.includes('unknown') ? 'unknown' : 'out';
}

function atLevel(level: string, operation: string): OperationReach {
  const line = facts.above.find(fact => names(fact, operation));
  const [, ...rest] = operation.split('/');
  const isOfProvider = facts.providerLevel.operations.includes(rest.join('/'));
  const { lowest, unknownAt } = line ?? (isOfProvider ? facts.providerLevel : { lowest: level });
  const order = ['resource-group', 'subscription', 'management-group', 'root'];
  if (order.indexOf(level) >= order.indexOf(lowest!)) return 'in';
  return unknownAt?.includes(level) ? 'unknown' : 'out';
}

function names({ operations }: Fact, operation: string): boolean {
  return operations.some(entry => {
    let compiled = definitions.get(entry);
    if (compiled === undefined) definitions.set(entry, (compiled = definition(entry.toLowerCase())));
    return compiled.test(operation);
  });
}

const definitions = new Map<string, RegExp>();

function levelOf(segments: readonly string[]): string | undefined {
  const [first, second, third] = segments;
  if (segments.length === 0) return 'root';
  if (first === 'subscriptions' && segments.length === 2) return 'subscription';
  if (third === 'resourcegroups' && segments.length === 4) return 'resource-group';
  const isManagementGroup = second === 'microsoft.management' && third === 'managementgroups';
  return isManagementGroup && segments.length === 4 ? 'management-group' : undefined;
}

/** The provider and every second segment behind it. */
function typesOf(segments: readonly string[]): string[] {
  const [provider, ...rest] = segments.slice(segments.lastIndexOf('providers') + 1);
  return [provider!, ...rest.filter((_, at) => at % 2 === 0)];
}
