import fc from 'fast-check';
import type { Plane } from '../../../src/rbac/model/role-definition.js';
import { isPlace, parseScope } from '../../../src/rbac/model/scope.js';
import { loadReachFacts } from '../../../src/rbac/reach/reach-facts.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const facts = loadReachFacts();
const names = [...shippedCatalog.operations].map(({ name }) => name);
const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';

/** Types that the facts speak of, and types that operations are named after. */
const types = [
  ...facts.extensions.flatMap(({ hosts }) => (typeof hosts === 'string' ? [] : hosts)),
  ...facts.data.flatMap(({ at }) => at),
  ...names.filter((_, at) => at % 40 === 0).map(typeNamed),
].filter(type => isPlace(parseScope(`/providers/${named(type)}`)));

/** What stands before the last segments of an operation's name. */
function typeNamed(name: string): string {
  const parts = name.split('/');
  return parts.slice(0, parts.at(-1)!.toLowerCase() === 'action' ? -2 : -1).join('/');
}

const containers = ['', `${subscription}`, `${subscription}/resourceGroups/shop`];

const places = fc.record({ container: fc.constantFrom(...containers), type: fc.constantFrom(...types) });

const scopes: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: places.map(({ container, type }) => `${container}/providers/${named(type)}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '/',
      subscription,
      `${subscription}/resourceGroups/shop`,
      '/providers/Microsoft.Management/managementGroups/corp',
    ),
  },
);

/** A resource of a type: each type with a name behind it. */
function named(type: string): string {
  const [provider, ...rest] = type.split('/');
  return [provider, ...rest.flatMap(part => [part, 'one'])].join('/');
}

/** Often about the type that is asked about, its parents and its siblings, or about what the facts name. */
export const reachQuestions: fc.Arbitrary<{
  readonly scope: string;
  readonly operation: string;
  readonly plane: Plane;
}> = fc
  .record({
    scope: scopes,
    any: fc.constantFrom(...names),
    fact: fc.constantFrom(
      ...[...facts.extensions, ...facts.data, ...facts.above].flatMap(line => line.operations),
    ),
    verb: fc.constantFrom('read', 'write', 'listKeys/action', 'parts/delete'),
    pick: fc.nat(),
    how: fc.constantFrom('near', 'near', 'any', 'fact', 'invented'),
    plane: fc.constantFrom('control' as const, 'data' as const),
  })
  .map(({ scope, any, fact, verb, pick, how, plane }) => ({
    scope,
    plane,
    operation: {
      near: near(scope, pick) ?? any,
      any,
      fact: fact.replace(/\*$/, verb),
      invented: `${typeNamed(any)}/${verb}`,
    }[how],
  }));

/** Some operation of the provider that the scope names. */
function near(scope: string, pick: number): string | undefined {
  const provider = scope.split('/providers/').at(-1)!.split('/')[0]!.toLowerCase();
  const own = shippedCatalog.operations.provider(provider)?.names ?? [];
  return own.length === 0 ? undefined : own[pick % own.length];
}
