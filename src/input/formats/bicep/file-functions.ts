import { dirname, resolve } from 'node:path';
import type { CodeRoot } from '../../code-root.js';
import type { LocatedValue } from '../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';
import type { YamlReader } from '../../yaml.js';
import { objectAt, textAt, textOfPieces, unknownAt } from '../arm/values.js';
import { valueOfNode } from '../terraform/functions/encodings.js';
import type { SpecialFunction } from './bicep-evaluator.js';

/** Where a file of Bicep stands among others. */
export interface BicepHome {
  readonly root: CodeRoot;
  /** Absolute. */
  readonly path: string;
  /** Reads YAML; undefined where no file asks for any. */
  readonly yaml?: YamlReader | undefined;
}

/**
 * The functions of Bicep alone: `loadJsonContent`, `loadYamlContent` and `loadTextContent`, of which values have their places in the file
 * that is read, and `roleDefinitions`.
 */
export function specialFunctions(home: BicepHome | undefined): SpecialFunction {
  return (name, args, at) => {
    if (name === 'roleDefinitions') return roleNamed(args[0], at);
    const load = loads.get(name);
    if (load === undefined) return undefined;
    const [path, part] = args;
    if (home === undefined || path?.kind !== 'string' || path.value.includes('\0') || part !== undefined)
      return unknownAt(at, { kind: 'function', name: `${name}()`, at });
    const document = home.root.document(resolve(dirname(home.path), path.value));
    if (!('reason' in document)) return load(document, home, at);
    const reason = {
      kind: 'not-read',
      name: JSON.stringify(path.value.slice(0, 200)),
      detail: document.reason,
      at,
    } as const;
    return unknownAt(at, reason);
  };
}

/** A built-in role by its name: what its id ends in is for those who know the roles. */
function roleNamed(name: LocatedValue | undefined, at: DocumentRange): LocatedValue | undefined {
  if (name?.kind !== 'string') return undefined;
  const shown = `roleDefinitions('${name.value}')`;
  const cause = { kind: 'deployment', name: shown, at } as const;
  const guid = { ...cause, identity: shown, resource: shown, cause };
  const members: [string, LocatedValue][] = [
    ['id', textOfPieces(at, ['/providers/Microsoft.Authorization/roleDefinitions/', guid])],
    ['roleDefinitionId', textOfPieces(at, [guid])],
  ];
  return objectAt(
    at,
    members.map(([key, value]) => ({ key, keyAt: at, value })),
  );
}

type Load = (document: SourceDocument, home: BicepHome, at: DocumentRange) => LocatedValue;

const loads: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['loadTextContent', document => textAt({ document, start: 0, end: document.text.length }, document.text)],
  ['loadJsonContent', (document, { root }, at) => treeOf(root.json(document), at)],
  [
    'loadYamlContent',
    (document, { root, yaml }, at) =>
      yaml === undefined
        ? unknownAt(at, { kind: 'function', name: 'loadYamlContent()', at })
        : treeOf(
            root.decoded(document, (text, file) => yaml(text, file).document),
            at,
          ),
  ],
]);

function treeOf(document: SourceDocument, at: DocumentRange): LocatedValue {
  const { root, syntaxProblems, file } = document;
  if (root !== undefined && syntaxProblems.length === 0) return valueOfNode(root, document);
  return unknownAt(at, { kind: 'error', name: JSON.stringify(file), detail: 'is damaged', at });
}
