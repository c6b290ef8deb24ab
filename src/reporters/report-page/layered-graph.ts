/** A node of a picture. */
export interface PictureNode {
  readonly id: string;
  readonly layer: number;
  readonly label: string;
  /** What it is, in small letters above. */
  readonly kind: string;
  readonly look: 'start' | 'step' | 'end';
  readonly href?: string | undefined;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** How many paths go by it. */
  readonly weight: number;
  readonly isCut: boolean;
  /** What stands at it. */
  readonly mark?: string | undefined;
}

export interface PlacedNode extends PictureNode {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly string[];
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

export const nodeWidth = 224;
const gapX = 84;
const gapY = 18;
const lineHeight = 16;

/** Puts nodes into columns by their layers, each near those that lead to it. */
export function layOut(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): Layout {
  const layers: PictureNode[][] = [];
  for (const node of nodes) (layers[node.layer] ??= []).push(node);
  const placed = new Map<string, PlacedNode>();
  let height = 0;
  for (const [at, layer] of layers.entries()) {
    const wanted = new Map((layer ?? []).map(node => [node, middleOf(node, edges, placed)]));
    let y = 0;
    for (const node of [...(layer ?? [])].sort((a, b) => wanted.get(a)! - wanted.get(b)!)) {
      const lines = wrapLabel(node.label, 26, 3);
      const tall = 26 + lines.length * lineHeight;
      placed.set(node.id, { ...node, x: at * (nodeWidth + gapX), y, height: tall, lines });
      y += tall + gapY;
    }
    height = Math.max(height, y - gapY);
  }
  const centred = [...placed.values()].map(node => ({
    ...node,
    y: node.y + (height - bottomOf(node.layer, placed)) / 2,
  }));
  return { nodes: centred, width: layers.length * (nodeWidth + gapX) - gapX, height };
}

/** The mean height of what leads to it. */
function middleOf(
  node: PictureNode,
  edges: readonly PictureEdge[],
  placed: ReadonlyMap<string, PlacedNode>,
): number {
  const before = edges.filter(({ to }) => to === node.id).flatMap(({ from }) => placed.get(from) ?? []);
  return before.length === 0
    ? 0
    : before.reduce((sum, { y, height }) => sum + y + height / 2, 0) / before.length;
}

function bottomOf(layer: number, placed: ReadonlyMap<string, PlacedNode>): number {
  return Math.max(
    0,
    ...[...placed.values()].filter(node => node.layer === layer).map(({ y, height }) => y + height),
  );
}

/** SVG does not wrap text. */
export function wrapLabel(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width && lines.length < most - 1) {
    const space = rest.lastIndexOf(' ', width);
    const cut = space > width / 3 ? space : width;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  lines.push(rest.length > width ? `${rest.slice(0, width - 1)}…` : rest);
  return lines;
}
