import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Catalog } from '../rbac/catalog/catalog.js';
import { nearestWord } from '../did-you-mean.js';
import { type Notice, UserError } from '../errors.js';
import { trailingGuid } from '../rbac/model/guid.js';
import type { RoleDefinition } from '../rbac/model/role-definition.js';
import { readFiles, selectFiles } from './lint-input.js';
import { renamedNotices } from './renamed-role.js';
import type { Workspace } from './workspace.js';

/** A role that somebody named, and what is to be said of the file it stands in. */
export interface FoundRole {
  readonly role: RoleDefinition;
  readonly notices: readonly Notice[];
}

type RoleOptions = { readonly name: string | undefined; readonly 'stdin-filename': string | undefined };

/**
 * The role of that GUID (or id that ends in one), else the built-in role of that name in any case, else the one in that
 * file; `-` is standard input. Where the file holds several, `name` says which: by name or GUID.
 * @throws UserError where there is none, or several.
 */
export async function findNamedRole(
  named: string,
  options: RoleOptions,
  workspace: Workspace,
): Promise<FoundRole> {
  const { roles, notices, isBuiltIn } = await lookUp(named, options, workspace);
  return { role: isBuiltIn ? roles[0]! : choose(roles, named, options.name, notices), notices };
}

/** The same for a command that takes every role of a file; `name` picks one. @throws UserError where there is none. */
export async function findNamedRoles(
  named: string,
  options: RoleOptions,
  workspace: Workspace,
): Promise<{ readonly roles: readonly RoleDefinition[]; readonly notices: readonly Notice[] }> {
  const { roles, notices, isBuiltIn } = await lookUp(named, options, workspace);
  const takesAll = isBuiltIn || (options.name === undefined && roles.length > 0);
  return { roles: takesAll ? roles : [choose(roles, named, options.name, notices)], notices };
}

async function lookUp(
  named: string,
  options: RoleOptions,
  workspace: Workspace,
): Promise<{ roles: readonly RoleDefinition[]; notices: readonly Notice[]; isBuiltIn: boolean }> {
  const { catalog, cwd } = workspace;
  const guid = trailingGuid(named);
  const builtIn = catalog.builtInRoles.findNamed(guid ?? named);
  if (builtIn !== undefined)
    return { roles: [builtIn.role], notices: renamedNotices(builtIn), isBuiltIn: true };
  if (named !== '-' && !existsSync(resolve(cwd, named))) throw noSuchRole(named, guid, catalog);
  const { files, notices, problems } = await readFiles(selectFiles([named], options, workspace), workspace);
  const [problem] = problems;
  if (problem !== undefined) throw new UserError(problem.message);
  return { roles: files.flatMap(({ roleDefinitions }) => roleDefinitions), notices, isBuiltIn: false };
}

function noSuchRole(named: string, guid: string | undefined, catalog: Catalog): UserError {
  if (guid !== undefined) {
    return new UserError(`There is no built-in role with the id "${guid}".`, {
      hint: 'Custom roles are known to your tenant alone: az role definition list --name ID -o json | azrbac role -',
    });
  }
  const nearest = nearestWord(named.trim(), catalog.builtInRoles.names());
  return new UserError(`There is no built-in role and no file "${named}".`, {
    hint:
      nearest === undefined
        ? 'Look for built-in roles with: azrbac catalog search WORD'
        : `Did you mean "${nearest}"?`,
  });
}

function choose(
  roles: readonly RoleDefinition[],
  file: string,
  name: string | undefined,
  notices: readonly Notice[],
): RoleDefinition {
  const chosen = name === undefined ? roles : roles.filter(role => isNamed(role, name));
  const [role, another] = chosen;
  if (role !== undefined && another === undefined) return role;
  if (roles.length === 0) {
    throw new UserError(`"${file}" holds no role definition.`, {
      ...(notices[0] && { hint: notices[0].message }),
    });
  }
  const names = roles.slice(0, maxListed).map(({ name }) => `"${name?.value ?? '(unnamed)'}"`);
  const listed = `${names.join(', ')}${roles.length > maxListed ? ` and ${roles.length - maxListed} more` : ''}`;
  if (name === undefined) {
    throw new UserError(`"${file}" holds ${roles.length} role definitions.`, {
      hint: `Say which with --name: ${listed}.`,
    });
  }
  const count = chosen.length === 0 ? 'no role definition' : `${chosen.length} role definitions`;
  throw new UserError(`"${file}" holds ${count} named "${name}".`, { hint: `It holds: ${listed}.` });
}

const maxListed = 5;

function isNamed({ name, guid }: RoleDefinition, wanted: string): boolean {
  const key = wanted.trim().toLowerCase();
  return name?.value.trim().toLowerCase() === key || (guid !== undefined && guid === trailingGuid(wanted));
}
