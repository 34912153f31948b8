import { Graph, layout } from '@dagrejs/dagre';
import type { SplitEdge } from '../splitTokens';

/** What a step of a graph takes room for. */
export interface IGraphBox {
  /** Its name, which is unique. */
  name: string;
  /** The most characters that stand below its name, where they need room of their own. */
  noteLength: number;
}

/** A step as it is drawn; the point is its centre. */
export interface IGraphNode<T extends IGraphBox> {
  /** The step. */
  step: T;
  /** The centre. */
  x: number;
  /** The centre. */
  y: number;
  /** The width of its box. */
  width: number;
  /** The height of its box. */
  height: number;
}

/** An edge as it is drawn. */
export interface IGraphEdge {
  /** The edge. */
  edge: SplitEdge;
  /** The path in the words of SVG. */
  path: string;
  /** What is written at it, cut to a length that has room. */
  label: string;
  /** The centre of the label. */
  x: number;
  /** The centre of the label. */
  y: number;
  /** The width of the label. */
  width: number;
}

/** A graph as it is drawn. */
export interface IGraphDrawing<T extends IGraphBox> {
  /** The width of all of it. */
  width: number;
  /** The height of all of it. */
  height: number;
  /** The steps. */
  nodes: IGraphNode<T>[];
  /** What flows. */
  edges: IGraphEdge[];
}

const CHARACTER = 8;
const LABEL_CHARACTER = 6.7;
const LABEL_HEIGHT = 18;
const NODE_HEIGHT = 48;
const NODE_PADDING = 56;
const MAX_NODE = 240;
const MIN_NODE = 120;
const MAX_NAMES = 3;
const MAX_LABEL = 34;
const MARGIN = 8;

/** A text of at most so many characters. */
export function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** The most characters of a name that a box has room for. */
export function roomIn(width: number): number {
  return Math.floor((width - NODE_PADDING) / CHARACTER);
}

/** What is written at an edge: the first names, and how many more there are. */
export function edgeLabel({ names }: SplitEdge): string {
  const more = names.length - MAX_NAMES;
  const first = clipped(names.slice(0, MAX_NAMES).join(', '), MAX_LABEL);
  return more > 0 ? `${first} +${more}` : first;
}

function pathThrough(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  const at = ({ x, y }: { x: number; y: number }): string =>
    `${x.toFixed(1)} ${y.toFixed(1)}`;
  // Straight to the middles, curved around the points between them.
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1];
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q ${at(point)} ${at(middle)}`;
  });
  return [`M ${at(first)}`, ...bends, `L ${at(rest[rest.length - 1])}`].join(' ');
}

/** Where everything of a graph is drawn, from top to bottom. */
export function layOut<T extends IGraphBox>(
  steps: readonly T[],
  edges: readonly SplitEdge[]
): IGraphDrawing<T> {
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 28,
    ranksep: 26,
    marginx: MARGIN,
    marginy: MARGIN
  });
  steps.forEach(({ name, noteLength }) => {
    const longest = Math.max(name.length, noteLength);
    const wanted = longest * CHARACTER + NODE_PADDING;
    const width = Math.min(MAX_NODE, Math.max(MIN_NODE, wanted));
    graph.setNode(name, { width, height: NODE_HEIGHT });
  });
  const names = new Set(steps.map(({ name }) => name));
  const drawn = edges.filter(
    ({ source, target }) => names.has(source) && names.has(target)
  );
  drawn.forEach(edge => {
    const label = edgeLabel(edge);
    const width = label.length * LABEL_CHARACTER + (label ? 8 : 0);
    const height = label ? LABEL_HEIGHT : 0;
    graph.setEdge(edge.source, edge.target, { width, height, labelpos: 'c' });
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: steps.map(step => {
      const { x = 0, y = 0, ...size } = graph.node(step.name) as IGraphNode<T>;
      return { step, x, y, width: size.width, height: size.height };
    }),
    edges: drawn.map(edge => {
      const found = graph.edge(edge.source, edge.target) as {
        points: { x: number; y: number }[];
        x?: number;
        y?: number;
        width: number;
      };
      const { points, x = 0, y = 0, width: labelWidth } = found;
      const label = edgeLabel(edge);
      return { edge, path: pathThrough(points), label, x, y, width: labelWidth };
    })
  };
}
