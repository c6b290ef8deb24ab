import type { JSX } from 'preact';
import { layOut, nodeWidth, type PictureEdge, type PictureNode, type PlacedNode } from './layered-graph.js';

interface PictureProps {
  /** What is to be seen, for those who cannot see it. */
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** Nodes in columns and what leads from one to the next. */
export function LayeredPicture({ title, nodes, edges }: PictureProps): JSX.Element {
  const layout = layOut(nodes, edges);
  const byId = new Map(layout.nodes.map(node => [node.id, node]));
  const [width, height] = [layout.width + margin * 2, layout.height + margin * 2];
  return (
    <div class="scroll-x picture">
      <svg
        role="img"
        aria-label={title}
        width={width}
        height={height}
        viewBox={`${-margin} ${-margin} ${width} ${height}`}
      >
        <title>{title}</title>
        {edges.map(edge => (
          <Edge
            key={`${edge.from} ${edge.to}`}
            edge={edge}
            from={byId.get(edge.from)!}
            to={byId.get(edge.to)!}
          />
        ))}
        {layout.nodes.map(node => (
          <Node key={node.id} node={node} />
        ))}
      </svg>
    </div>
  );
}

const margin = 14;

interface EdgeProps {
  readonly edge: PictureEdge;
  readonly from: PlacedNode;
  readonly to: PlacedNode;
}

function Edge({ edge, from, to }: EdgeProps): JSX.Element {
  const [x1, y1] = [from.x + nodeWidth, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const bend = Math.max(30, (x2 - x1) / 2);
  const [middleX, middleY] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return (
    <g class={edge.isCut ? 'edge cut' : 'edge'}>
      <path
        d={`M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 7} ${y2}`}
        stroke-width={1.5 + Math.min(6, Math.log2(edge.weight))}
      />
      <path class="tip" d={`M${x2 - 9} ${y2 - 5} L${x2} ${y2} L${x2 - 9} ${y2 + 5} Z`} />
      {edge.mark !== undefined && (
        <>
          <circle cx={middleX} cy={middleY} r={11} />
          <text x={middleX} y={middleY + 4} text-anchor="middle">
            {edge.mark}
          </text>
        </>
      )}
      {edge.isCut && edge.mark !== undefined && (
        <text class="cut-word" x={middleX} y={middleY - 16} text-anchor="middle">
          cut here
        </text>
      )}
    </g>
  );
}

function Node({ node }: { readonly node: PlacedNode }): JSX.Element {
  const { x, y, height, lines, kind, look, label, href } = node;
  const box = (
    <g class={`node ${look}`} transform={`translate(${x} ${y})`}>
      <title>{label}</title>
      <rect width={nodeWidth} height={height} rx={6} />
      <text class="kind" x={12} y={17}>
        {kind}
      </text>
      {lines.map((line, at) => (
        <text key={at} x={12} y={34 + at * 16}>
          {line}
        </text>
      ))}
    </g>
  );
  return href === undefined ? box : <a href={href}>{box}</a>;
}
