import type { UserError } from '../../errors.js';
import type { JsonNode } from '../../input/json-node.js';
import type { Located, SourceDocument } from '../../input/source-document.js';
import { ConfigReader } from '../../lint/engine/config-reader.js';
import type { ExpectationContext } from './expectation-context.js';
import type { ExpectedIdentity, Expectations } from './expectations.js';
import { Conditions } from './conditions.js';
import { InputErrors } from './input-errors.js';
import { IdentityReader } from './read-identity.js';
import { ScopeNames } from './scope-names.js';

/** What an expectations file says, as far as it makes sense, and where it does not. */
export interface ReadExpectations {
  readonly expectations: Expectations;
  /** In the order of the text. An identity with one is left out. */
  readonly inputErrors: readonly UserError[];
}

/** Reads expectations. A mistake in one identity spoils that identity alone. */
export function readExpectations(document: SourceDocument, context: ExpectationContext): ReadExpectations {
  const inputErrors = new InputErrors();
  const identities =
    inputErrors.attempt(() => readRoot(new ConfigReader(document), context, inputErrors)) ?? [];
  return { expectations: { identities }, inputErrors: [...inputErrors.list].sort(byPlace) };
}

/** The list under `sets`: the user's own action sets, if the file has any. */
export function ownSetsIn(document: SourceDocument): JsonNode | undefined {
  const { root } = document;
  return root?.kind === 'object' ? root.members.find(({ key }) => key === 'sets')?.value : undefined;
}

const rootKeys = ['$schema', 'version', 'scopes', 'conditions', 'sets', 'identities'] as const;

function readRoot(
  reader: ConfigReader,
  context: ExpectationContext,
  inputErrors: InputErrors,
): ExpectedIdentity[] {
  const [problem] = reader.document.syntaxProblems;
  if (problem !== undefined) throw reader.error(problem, `The text is damaged: ${problem.message}`);
  const members = reader.members(reader.root(), 'a file of expectations', rootKeys);
  members.required('version', node => {
    if (node.kind !== 'number' || node.value !== 1)
      throw reader.error(node, 'This azrbac reads version 1 of expectations.');
  });
  const scopes = new ScopeNames(reader, context.code);
  members.get('scopes', node => scopes.read(node, inputErrors));
  const conditions = new Conditions(reader);
  members.get('conditions', node => conditions.read(node, inputErrors));
  const identities = new IdentityReader(reader, { scopes, context, inputErrors, conditions });
  const nodes = members.required('identities', node => reader.list(node, item => item));
  const read = nodes.flatMap(node => identities.read(node) ?? []);
  conditions.reportUnused(inputErrors);
  return uniqueOf(read, reader, inputErrors);
}

/** Two of one name, or of one principal, would be judged apart although they are one. The first stands. */
function uniqueOf(
  identities: readonly ExpectedIdentity[],
  reader: ConfigReader,
  inputErrors: InputErrors,
): ExpectedIdentity[] {
  const taken = new Map<string, string>();
  return identities.filter(({ name, principal }) => {
    const ids: [string, Located<string>][] = [[`name ${name.value.toLowerCase()}`, name]];
    if (principal !== undefined) ids.push([`principal ${principal.value}`, principal]);
    const twice = ids.find(([id]) => taken.has(id));
    for (const [id] of ids) if (!taken.has(id)) taken.set(id, name.value);
    if (twice === undefined) return true;
    const [id, { value, at }] = twice;
    const message = id.startsWith('name')
      ? `There is another identity "${value}".`
      : `The principal "${value}" is that of the identity "${taken.get(id)}".`;
    inputErrors.add(reader.error(at.range!, message, 'Put the needs of one identity together.'));
    return false;
  });
}

/** Errors of a whole object stand where it begins. */
function byPlace(a: UserError, b: UserError): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
