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
  const last = Math.max(...paths.map(path => shownSteps(path).length + 1));
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
        mark: paths.length === 1 && at < path.steps.length ? `${at + 1}` : undefined,
      });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** The last step of a path that ends in a role is itself what gives control. */
function shownSteps({ steps, because }: PathData): PathData['steps'] {
  return because.length > 0 ? steps : steps.slice(0, -1);
}

/** Who starts, what each step yields, and the scope that is controlled in the end. Counted from the end: paths meet there. */
function nodesOf(path: PathData, last: number, model: Model): PictureNode[] {
  const { id, from, people, to } = path;
  const steps = shownSteps(path);
  const first = last - steps.length - 1;
  const start: PictureNode = {
    id: `from ${first} ${people === 1 ? from[0] : id}`,
    layer: first,
    kind: people === 1 ? 'starts as' : 'start as any of',
    label: people === 1 ? model.principalName(from[0]!) : `${people} identities`,
    look: 'start',
    href: people === 1 ? linkTo('identity', model.data.principals[from[0]!]!.id) : linkTo('path', id),
  };
  const between = steps.map(({ gains, does }, at): PictureNode => {
    const label = gains.join(', ') || does;
    const layer = first + at + 1;
    return { id: `${layer} ${label}`, layer, kind: 'then', label, look: 'step', href: linkTo('path', id) };
  });
  const end: PictureNode = {
    id: `to ${to}`,
    layer: last,
    kind: 'controls',
    label: endName(to, model),
    look: 'end',
    href: linkTo('scope', model.scopeText(to)),
  };
  return [start, ...between, end];
}

/** What is controlled: `subscription Production`. */
export function endName(to: number, model: Model): string {
  const scope = model.data.scopes[to];
  return scope === undefined
    ? 'the scope'
    : scope.kind === 'root'
      ? 'everything'
      : `${scope.kind.replace('-', ' ')} ${model.scopeName(to)}`;
}
