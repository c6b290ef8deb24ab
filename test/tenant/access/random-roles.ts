import fc from 'fast-check';
import { operations } from './vocabulary.js';
import type { ConditionText, PermissionRow } from './world-rows.js';

const [controls, datas] = [fc.constantFrom(...operations.control), fc.constantFrom(...operations.data)];

/** The same text as people and tools write it. */
export function inAnyCase(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.constantFrom('as is', 'as is', 'lower', 'upper'))
    .map(([plain, form]) =>
      form === 'as is' ? plain : form === 'lower' ? plain.toLowerCase() : plain.toUpperCase(),
    );
}

/** A star in place of some segments, or of a part of one. */
function starred(operation: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(operation, fc.nat(6), fc.nat(3), fc.boolean())
    .map(([text, from, length, wholeSegments]) => {
      if (!wholeSegments) return `${text.slice(0, from * 6)}*${text.slice(from * 6 + length * 4)}`;
      const segments = text.split('/');
      segments.splice(from % segments.length, length, '*');
      return segments.join('/');
    });
}

function patternOf(operation: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return inAnyCase(
    fc.oneof(
      { weight: 4, arbitrary: operation },
      { weight: 4, arbitrary: starred(operation) },
      { weight: 1, arbitrary: starred(starred(operation)) },
      { weight: 1, arbitrary: operation.map(text => ` ${text} `) },
      { weight: 2, arbitrary: fc.constantFrom('*', '*/read', '*/write', '*/*/read', 'Microsoft.Storage/*') },
    ),
  );
}

/** Operations of the other plane, too: Azure takes a string for what its list says. */
function listOf(
  own: fc.Arbitrary<string>,
  other: fc.Arbitrary<string>,
  maxLength: number,
): fc.Arbitrary<string[]> {
  const pattern = fc.oneof(
    { weight: 9, arbitrary: patternOf(own) },
    { weight: 1, arbitrary: patternOf(other) },
  );
  return fc.array(pattern, { maxLength });
}

const anyOperation = fc.oneof(controls, datas);

const atoms = fc.oneof(
  patternOf(anyOperation).map(text => `ActionMatches{'${text.trim()}'}`),
  fc.constantFrom(
    '@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase {"User"}',
    "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'User'",
    "@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'acct'",
    "@Resource[Microsoft.Storage/storageAccounts:Name] StringEquals 'acct1'",
    "SubOperationMatches{'Blob.List'}",
    'Exists @Environment[UtcNow]',
    "'a' StringEquals 'a'",
    "'a' StringEquals 'b'",
  ),
);

const formulas = fc.letrec<{ formula: string }>(tie => ({
  formula: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    atoms.map(text => `(${text})`),
    tie('formula').map(text => `!${text}`),
    fc
      .tuple(tie('formula'), fc.constantFrom('AND', 'OR'), tie('formula'))
      .map(([left, word, right]) => `(${left} ${word} ${right})`),
  ),
})).formula;

/** Mostly none. Guards as Azure's pages have them, formulas, and texts that nobody can read. */
export const conditions: fc.Arbitrary<ConditionText> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(undefined, null, '') },
  {
    weight: 2,
    arbitrary: fc
      .tuple(patternOf(anyOperation), atoms)
      .map(([text, atom]) => `((!(ActionMatches{'${text.trim()}'})) OR (${atom}))`),
  },
  { weight: 2, arbitrary: formulas },
  { weight: 1, arbitrary: fc.constantFrom('@Resource[', 'certainly', "(ActionMatches{'a'}") },
);

/** `nothing` of the data plane is as likely as in life. */
export const permissions: fc.Arbitrary<PermissionRow> = fc.record({
  actions: listOf(controls, datas, 3),
  notActions: listOf(controls, datas, 2),
  dataActions: listOf(datas, controls, 2),
  notDataActions: listOf(datas, controls, 1),
  condition: conditions,
});
