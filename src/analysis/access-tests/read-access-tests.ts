import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { UserError } from '../../errors.js';
import { InputErrors } from '../expectations/input-errors.js';
import { ScopeNames } from '../expectations/scope-names.js';
import type { SourceDocument } from '../../input/source-document.js';
import { ConfigReader } from '../../lint/engine/config-reader.js';
import type { AccessTest } from './access-test.js';
import { PrincipalNames } from './principal-names.js';
import { TestReader } from './test-reader.js';

/** The tests of a file, as far as they make sense, and where they do not. */
export interface ReadAccessTests {
  readonly tests: readonly AccessTest[];
  /** In the order of the text. A test with one is left out. */
  readonly inputErrors: readonly UserError[];
}

/** Reads a file of access tests. A mistake in one test spoils that test alone. */
export function readAccessTests(document: SourceDocument, catalog: Catalog): ReadAccessTests {
  const inputErrors = new InputErrors();
  const tests = inputErrors.attempt(() => readRoot(new ConfigReader(document), catalog, inputErrors)) ?? [];
  return { tests, inputErrors: [...inputErrors.list].sort(byPlace) };
}

const rootKeys = ['$schema', 'version', 'principals', 'scopes', 'tests'] as const;

function readRoot(reader: ConfigReader, catalog: Catalog, inputErrors: InputErrors): AccessTest[] {
  const [problem] = reader.document.syntaxProblems;
  if (problem !== undefined) throw reader.error(problem, `The text is damaged: ${problem.message}`);
  const members = reader.members(reader.root(), 'a file of access tests', rootKeys);
  members.required('version', node => {
    if (node.kind !== 'number' || node.value !== 1)
      throw reader.error(node, 'This azrbac reads version 1 of access tests.');
  });
  const principals = new PrincipalNames(reader);
  members.get('principals', node => principals.read(node, inputErrors));
  const scopes = new ScopeNames(reader);
  members.get('scopes', node => scopes.read(node, inputErrors));
  const tests = new TestReader(reader, { principals, scopes, catalog, inputErrors });
  const nodes = members.required('tests', node => {
    const items = reader.list(node, item => item);
    // Nothing that was checked must not look like all that is well.
    if (items.length === 0) throw reader.error(node, 'There is no test in it.');
    return items;
  });
  return nodes.flatMap((node, at) => tests.read(node, `test ${at + 1}`) ?? []);
}

/** Errors of a whole object stand where it begins. */
function byPlace(a: UserError, b: UserError): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
