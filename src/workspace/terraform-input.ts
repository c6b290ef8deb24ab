import { resolve } from 'node:path';
import type { Notice } from '../errors.js';
import { readTerraform, type TerraformFile } from '../input/formats/terraform/read-terraform.js';
import type { CodeContext } from '../input/code-resource.js';
import { positionAt } from '../input/position.js';
import { slashed } from '../input/slashed-path.js';
import type { SourceDocument } from '../input/source-document.js';
import type { CodeAssignment } from '../rbac/model/code-assignment.js';
import type { RoleDefinition } from '../rbac/model/role-definition.js';
import { rolesOfTerraform, terraformTypes } from '../rbac/model/roles-of-terraform.js';
import { holdsAny, type CodeFile, type LintedFile } from './linted-file.js';

/** What files of Terraform hold. */
export interface TerraformInput {
  readonly files: readonly LintedFile[];
  readonly notices: readonly Notice[];
  readonly context: (() => CodeContext) | undefined;
}

/**
 * Reads the roles of these files, with what the files beside them say. A role belongs to the run if its resource stands in one
 * of the files, or a text of it does. `others` are the files of the run that were read already.
 */
export async function readTerraformFiles(
  code: readonly CodeFile[],
  others: readonly LintedFile[],
  cwd: string,
): Promise<TerraformInput> {
  const named = new Map(code.map(each => [each.file.shown, each]));
  const files = code.map(({ file, document }): TerraformFile => {
    const path = slashed(file.path === '-' ? resolve(cwd, file.shown) : file.path);
    return { path, shown: file.shown, text: document.text, isNamed: file.isNamed };
  });
  const { documents, resources, notices, context } = await readTerraform(files, terraformTypes, cwd);
  const found = rolesOfTerraform(resources);
  const isOfRun = (ofThis: readonly SourceDocument[]): boolean => ofThis.some(({ file }) => named.has(file));
  const roles = found.roleDefinitions.filter(role => isOfRun(documentsOf(role)));
  const assignments = found.assignments.filter(each => isOfRun(documentsOfAssignment(each)));
  const byDocument = new Map<SourceDocument, Found>(
    documents.filter(({ file }) => named.has(file)).map(document => [document, newFound()]),
  );
  const known = new Set(others.map(({ document }) => document.file));
  const keep = (ofThis: readonly SourceDocument[]): void => {
    for (const document of ofThis)
      if (!byDocument.has(document) && !known.has(document.file)) byDocument.set(document, newFound());
  };
  for (const role of roles) {
    keep(documentsOf(role));
    byDocument.get(role.at.document)!.roleDefinitions.push(role);
  }
  for (const assignment of assignments) {
    keep(documentsOfAssignment(assignment));
    byDocument.get(assignment.at.document)!.assignments.push(assignment);
  }
  const linted = [...byDocument].map(([document, held]): LintedFile => {
    const given = named.get(document.file)?.file;
    const path = slashed(resolve(cwd, document.file));
    return { file: given ?? { path, shown: document.file, isNamed: false }, document, ...held };
  });
  return { files: linted, notices: [...notices, ...emptyNotices(code, linted)], context };
}

interface Found {
  readonly roleDefinitions: RoleDefinition[];
  readonly assignments: CodeAssignment[];
}

function newFound(): Found {
  return { roleDefinitions: [], assignments: [] };
}

/** Where the assignment and the texts in it stand. */
function documentsOfAssignment({
  at,
  scope,
  roleId,
  roleName,
  principal,
  condition,
}: CodeAssignment): SourceDocument[] {
  const refs = [at, ...[scope, roleId, roleName, principal, condition].map(each => each?.at)];
  return [...new Set(refs.flatMap(ref => ref?.document ?? []))];
}

/** Where the role and all texts in it stand. */
function documentsOf({
  at,
  name,
  description,
  assignableScopes,
  permissions,
}: RoleDefinition): SourceDocument[] {
  const refs = [
    at,
    name?.at,
    description?.at,
    ...assignableScopes.map(scope => scope.at),
    ...permissions.flatMap(permission => [
      permission.at,
      ...[
        permission.actions,
        permission.notActions,
        permission.dataActions,
        permission.notDataActions,
      ].flatMap(list => list.map(entry => entry.at)),
    ]),
  ];
  return [...new Set(refs.flatMap(ref => ref?.document ?? []))];
}

/** On files that the user named and that hold no role. */
function emptyNotices(code: readonly CodeFile[], linted: readonly LintedFile[]): Notice[] {
  const byFile = new Map(linted.map(each => [each.document.file, each]));
  return code.flatMap(({ file }): Notice[] => {
    const read = byFile.get(file.shown);
    if (!file.isNamed || (read !== undefined && holdsAny(read))) return [];
    const [problem] = read?.document.syntaxProblems ?? [];
    if (problem !== undefined) {
      const message = `No role definition was found, and the text is damaged: ${problem.message}`;
      const place = positionAt(read!.document, problem.start);
      return [{ code: 'no-role-definition', message, file: file.shown, ...place }];
    }
    const message = 'No role definition was found; the file holds Terraform without any.';
    return [{ code: 'no-role-definition', message, file: file.shown }];
  });
}
