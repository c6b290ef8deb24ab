import type { Notice } from '../../../errors.js';
import type { CodeFiles, CodePlace } from '../../code-resource.js';
import { locatedItems } from '../../located-value.js';
import { positionAt } from '../../position.js';
import type { SourceDocument } from '../../source-document.js';
import { Evaluation } from '../arm/evaluation.js';
import { findMember } from '../arm/values.js';
import { BicepEvaluator } from './bicep-evaluator.js';
import type { BicepSymbol } from './bicep-scope.js';
import type { BicepDeclaration } from './bicep-syntax.js';
import { specialFunctions, type BicepHome } from './file-functions.js';
import { ModuleReader } from './module-reader.js';
import { parseBicep } from './parse-bicep.js';
import { ResourceReader, type FoundInFiles } from './resource-reader.js';
import { scopeOfFile } from './scope-of-file.js';

/** What was read of a file of Bicep, and of the files that it uses as modules. */
export interface BicepFiles extends CodeFiles {
  /** The modules, as people see their names. */
  readonly modules: readonly string[];
}

/**
 * The roles and role assignments that a file of Bicep deploys, by way of modules too. Those are read where it is known where
 * the file stands.
 */
export function readBicep(document: SourceDocument, home?: BicepHome): BicepFiles {
  const { declarations, comments, problems } = parseBicep(document.text);
  const read: SourceDocument = { ...document, comments, syntaxProblems: problems };
  const evaluator = new BicepEvaluator(new Evaluation(), specialFunctions(home));
  const scope = scopeOfFile(read, declarations, evaluator);
  const found: FoundInFiles = {
    resources: [],
    notices: [],
    modules: [],
    remote: { paths: new Set(), first: undefined },
    unread: [],
  };
  const modules = home && new ModuleReader(home.root, read.file, found, home.yaml);
  const reader = new ResourceReader(evaluator, found, {
    domain: read.file,
    path: home?.path,
    modules,
    depth: 0,
  });
  reader.file(declarations, { frame: { scope, locals: new Map() }, address: '' });
  return {
    documents: [read],
    resources: found.resources,
    notices: home === undefined ? notRead(read, declarations) : [...found.notices, ...remoteNotices(found)],
    modules: found.modules,
    context: () => ({
      places: [...scope.symbols].flatMap(([name, symbol]) => placesOf(name, symbol, read.file)),
      memberships: [],
      unread: found.unread.map(({ name, given }) => ({ name, domain: read.file, given: given() })),
    }),
  };
}

/** Modules of registries share one notice: a deployment may be made of them. */
function remoteNotices({ remote: { paths, first } }: FoundInFiles): Notice[] {
  if (first === undefined) return [];
  const listed = [...paths]
    .slice(0, 3)
    .map(path => JSON.stringify(path))
    .join(', ');
  const more = paths.size > 3 ? `, and ${paths.size - 3} more` : '';
  const [what, were, hold] =
    paths.size === 1
      ? ['1 module comes', 'was', 'it holds']
      : [`${paths.size} modules come`, 'were', 'they hold'];
  const message = `${what} from a registry and ${were} not read: ${listed}${more}. Whether ${hold} role definitions is not known.`;
  return [
    {
      code: 'module-not-read',
      message,
      file: first.document.file,
      ...positionAt(first.document, first.start),
    },
  ];
}

/** Modules are not read of a file that nobody knows the place of. */
function notRead(document: SourceDocument, declarations: readonly BicepDeclaration[]): Notice[] {
  const modules = declarations.flatMap(each => (each.kind === 'module' ? [each] : []));
  const [first] = modules;
  if (first === undefined) return [];
  const paths = [...new Set(modules.map(({ of }) => JSON.stringify(of?.texts[0] ?? '')))];
  const shown =
    paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ');
  const message = `What modules deploy is not read with the file that names them: ${shown}.`;
  return [{ code: 'module-not-read', message, file: document.file, ...positionAt(document, first.start) }];
}

/** A resource, or those of a loop. */
function placesOf(name: string, symbol: BicepSymbol, domain: string): CodePlace[] {
  const value = symbol.kind === 'resource' ? symbol.definition.value() : undefined;
  const all = value?.kind === 'list' ? locatedItems(value) : value === undefined ? [] : [value];
  return all.flatMap((each, i): CodePlace[] => {
    const id = each.kind === 'object' ? findMember(each, 'id')?.value : undefined;
    const address = value?.kind === 'list' ? `${name}[${i}]` : name;
    return id === undefined ? [] : [{ address, domain, id }];
  });
}
