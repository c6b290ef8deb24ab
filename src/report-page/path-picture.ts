import type { PathData } from '../html-report/report-data.js';
import type { PictureEdge, PictureNode } from './layered-graph.js';
import type { Model } from './model.js';
import { linkTo } from './route.js';

export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** Several paths in one picture: what they share is drawn once. Ends stand in the last column. */
export function pictureOf(paths: readonly PathData[], model: Model): Picture {
  const nodes = new Map<string, PictureNode>();
  const edges = new Map<string, PictureEdge>();
  const last = Math.max(...paths.map(({ steps }) => steps.length));
  for (const path of paths) {
    const ids = nodesOf(path, last, model).map(node => {
      if (!nodes.has(node.id)) nodes.set(node.id, node);
      return node.id;
    });
    for (const [at, from] of ids.slice(0, -1).entries()) {
      const to = ids[at + 1]!;
      const key = `${from}\n${to}`;
      const known = edges.get(key);
      edges.set(key, {
        from,
        to,
        weight: (known?.weight ?? 0) + path.people,
        isCut: (known?.isCut ?? true) && path.steps[at]?.isCut === true,
        mark: paths.length === 1 ? `${at + 1}` : undefined,
      });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Who starts, what each step but the last yields, and the scope that is controlled in the end. */
function nodesOf(path: PathData, last: number, model: Model): PictureNode[] {
  const { id, from, people, steps, to } = path;
  const start: PictureNode = {
    id: `from ${people === 1 ? from[0] : id}`,
    layer: 0,
    kind: people === 1 ? 'starts as' : 'start as any of',
    label: people === 1 ? model.principalName(from[0]!) : `${people} identities`,
    look: 'start',
    href: people === 1 ? linkTo('identity', model.data.principals[from[0]!]!.id) : linkTo('path', id),
  };
  const between = steps.slice(0, -1).map(
    ({ gains, does }, at): PictureNode => ({
      id: `${at} ${gains.join(', ') || does}`,
      layer: at + 1,
      kind: 'then',
      label: gains.join(', ') || does,
      look: 'step',
      href: linkTo('path', id),
    }),
  );
  const end: PictureNode = {
    id: `to ${to}`,
    layer: Math.max(1, last),
    kind: 'controls',
    label: endName(to, model),
    look: 'end',
    href: linkTo('scope', model.scopeText(to)),
  };
  return [start, ...between, end];
}

function endName(to: number, { data }: Model): string {
  const scope = data.scopes[to];
  return scope === undefined ? 'the scope' : scope.kind === 'root' ? 'everything' : `${scope.kind.replace('-', ' ')} ${scope.name ?? ''}`;
}
