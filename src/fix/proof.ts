import type { Catalog } from '../catalog/catalog.js';
import { readJson } from '../input/json.js';
import type { SourceDocument } from '../input/source-document.js';
import { findRoleDefinitions } from '../model/find-role-definitions.js';
import type { RoleDefinition } from '../model/role-definition.js';
import { compileActionPattern } from '../permissions/action-pattern.js';
import { permissionsOf } from '../permissions/effective.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import type { PermissionSet } from '../permissions/permission-set.js';
import type { FixableFinding } from './fix-document.js';

/**
 * Whether the changed text grants just what the document did, less and plus what the fixes are for: nothing at all for
 * those without effect, the operations they name for the others.
 */
export function isProved(
  document: SourceDocument,
  text: string,
  findings: readonly FixableFinding[],
  { catalog, index }: { catalog: Pick<Catalog, 'operations'>; index: OperationIndex },
): boolean {
  const changed = readJson(text, document.file);
  if (changed.syntaxProblems.length > document.syntaxProblems.length) return false;
  const before = rolesOf(document);
  const after = rolesOf(changed);
  if (before.length !== after.length) return false;
  const intended = findings.flatMap(stringsMeant).map(compileActionPattern);
  return before.every((role, i) => {
    const [old, now] = [role, after[i]!].map(each => permissionsOf(each, catalog, index).set) as [
      PermissionSet,
      PermissionSet,
    ];
    return differences(old, now).every(name => intended.some(covers => covers(name)));
  });
}

function rolesOf(document: SourceDocument): readonly RoleDefinition[] {
  return findRoleDefinitions(document, false).roleDefinitions;
}

/** The operations of either set that the other lacks, in whichever plane. */
function differences(a: PermissionSet, b: PermissionSet): string[] {
  const changes = [a.subtract(b), b.subtract(a)];
  return changes.flatMap(set =>
    (['control', 'data'] as const).flatMap(plane => [
      ...set.operations(plane),
      ...set.unknownPlaneOperations(plane),
    ]),
  );
}

/** Operations and patterns whose granting or withdrawal the fix is for. */
function stringsMeant({ fix, evidence }: FixableFinding): string[] {
  if (fix.effect === 'none') return [];
  const written = typeof evidence.action === 'string' ? [evidence.action.trim()] : [];
  return fix.kind === 'replace' ? [...written, fix.text] : written;
}
