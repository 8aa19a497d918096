import type { PageGraph } from './data.ts';

export interface PlacedNode {
  readonly id: string;
  readonly label: string;
  readonly template?: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedGraph {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly {
    readonly path: string;
    readonly kind: 'next' | 'error';
    readonly label: string;
    readonly x: number;
    readonly y: number;
  }[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 168;
export const NODE_HEIGHT = 40;
const GAP_X = 56;
const GAP_Y = 16;

/** Steps from left to right: each stands one column behind the last that it waits for. */
export function placeGraph({ nodes, edges }: PageGraph): PlacedGraph {
  const columns = columnsOf(
    nodes.map((node) => node.id),
    edges,
  );
  const rows = new Map<string, number>();
  const heights: number[] = [];
  for (const [at, ids] of columns.entries()) {
    const wished = ids.map((id) => ({ id, row: meanRow(id, edges, rows) }));
    // Under the steps that they follow, in the order of the file where nothing else decides.
    wished.sort((a, b) => a.row - b.row);
    wished.forEach(({ id }, row) => {
      rows.set(id, row);
    });
    heights[at] = ids.length;
  }
  const tallest = Math.max(1, ...heights);
  const column = new Map(columns.flatMap((ids, at) => ids.map((id) => [id, at] as const)));
  const placed = nodes.map((node): PlacedNode => {
    const at = column.get(node.id) ?? 0;
    const free = tallest - (heights[at] ?? 1);
    return {
      ...node,
      x: at * (NODE_WIDTH + GAP_X),
      y: ((rows.get(node.id) ?? 0) + free / 2) * (NODE_HEIGHT + GAP_Y),
    };
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  return {
    nodes: placed,
    edges: edges.flatMap((edge) => {
      const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
      return from === undefined || to === undefined ? [] : [{ ...curve(from, to), kind: edge.kind, label: edge.label }];
    }),
    width: Math.max(1, columns.length) * (NODE_WIDTH + GAP_X) - GAP_X,
    height: tallest * (NODE_HEIGHT + GAP_Y) - GAP_Y,
  };
}

function columnsOf(ids: readonly string[], edges: PageGraph['edges']): readonly (readonly string[])[] {
  const depth = new Map(ids.map((id) => [id, 0]));
  // A graph without cycles is done after as many rounds as it has nodes.
  for (let round = 0; round < ids.length; round += 1) {
    let moved = false;
    for (const { from, to } of edges) {
      const behind = (depth.get(from) ?? 0) + 1;
      if (from !== to && behind > (depth.get(to) ?? 0) && behind < ids.length + 1) {
        depth.set(to, behind);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const columns: string[][] = [];
  for (const id of ids) {
    const at = Math.min(depth.get(id) ?? 0, ids.length - 1);
    while (columns.length <= at) columns.push([]);
    columns[at]?.push(id);
  }
  return columns.filter((column) => column.length > 0);
}

function meanRow(id: string, edges: PageGraph['edges'], rows: ReadonlyMap<string, number>): number {
  const before = edges.flatMap((edge) => (edge.to === id ? [rows.get(edge.from) ?? 0] : []));
  return before.length === 0 ? 0 : before.reduce((sum, row) => sum + row, 0) / before.length;
}

function curve(from: PlacedNode, to: PlacedNode): { readonly path: string; readonly x: number; readonly y: number } {
  const [x1, y1] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  return {
    path: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
  };
}
