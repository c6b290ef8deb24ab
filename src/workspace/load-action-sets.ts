import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ActionSets } from '../rbac/action-sets/action-sets.js';
import { shippedCatalogFolder } from '../package/package-folder.js';
import { UserError } from '../errors.js';
import {
  addOwnSets,
  type OwnActionSets,
  type OwnSetSource,
} from '../analysis/expectations/own-action-sets.js';
import type { JsonNode } from '../input/json-node.js';
import type { SourceDocument } from '../input/source-document.js';
import { errorAt } from '../lint/engine/config-reader.js';
import { readOwnText, shownPath } from '../lint/engine/load-config.js';
import { documentOf } from './read-document.js';
import type { Workspace } from './workspace.js';

/** The action sets that come with azrbac, and those that the configuration and an expectations file add. */
export async function loadActionSets(
  { configuration: { config, folder }, cwd, catalog }: Workspace,
  expectations: readonly OwnSetSource[] = [],
): Promise<OwnActionSets> {
  const shipped = new ActionSets(join(shippedCatalogFolder(), 'action-sets'));
  const sources: OwnSetSource[] = [];
  for (const path of config.actionSets.flatMap(named => filesAt(resolve(folder, named), cwd))) {
    const { file, text } = readOwnText(path, cwd);
    sources.push(...setsIn(await documentOf({ shown: file, text })));
  }
  return addOwnSets([...sources, ...expectations], shipped, catalog);
}

/** The same for a command that has no use for the rest where one is wrong. @throws UserError the first mistake. */
export async function requireActionSets(
  workspace: Workspace,
): Promise<Pick<OwnActionSets, 'sets' | 'notices'>> {
  const { sets, notices, inputErrors } = await loadActionSets(workspace);
  if (inputErrors[0] !== undefined) throw inputErrors[0];
  return { sets, notices };
}

/** The sets in a node: one, or a list of them. */
export function setsUnder(document: SourceDocument, node: JsonNode): OwnSetSource[] {
  const nodes = node.kind === 'array' ? node.items : [node];
  return nodes.map(each => ({ document, node: each }));
}

function setsIn(document: SourceDocument): OwnSetSource[] {
  const [problem] = document.syntaxProblems;
  if (problem !== undefined) throw errorAt(document, problem, `The text is damaged: ${problem.message}`);
  return document.root === undefined ? [] : setsUnder(document, document.root);
}

function filesAt(path: string, cwd: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UserError(
      `The action sets "${shownPath(path, cwd)}" cannot be read: there is no such file or folder.`,
      {
        hint: 'Correct "actionSets" in your configuration.',
      },
    );
  }
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(path).filter(name => /\.(jsonc?|ya?ml)$/i.test(name));
  return names.sort().map(name => join(path, name));
}
