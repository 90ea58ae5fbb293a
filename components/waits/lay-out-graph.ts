import { Graph, layout } from '@dagrejs/dagre'

/** What a layout depends on. */
export interface GraphShape {
  readonly ids: readonly string[]
  readonly edges: readonly { id: string; from: string; to: string }[]
}

interface Point {
  x: number
  y: number
}

export interface PlacedNode {
  id: string
  /** Its middle. */
  x: number
  y: number
  width: number
}

export interface PlacedEdge {
  id: string
  points: readonly Point[]
}

export interface PlacedGraph {
  width: number
  height: number
  nodes: readonly PlacedNode[]
  edges: readonly PlacedEdge[]
}

export const NODE_HEIGHT = 30
const LETTER = 7.1
const MARGIN = 16

/** Places nodes and edges from left (who waits) to right (who is waited for). */
export function layOutGraph({ ids, edges }: GraphShape): PlacedGraph {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({
    rankdir: 'LR',
    // Turns round as few lines as it can: rings in a row, and a drawing half as wide.
    acyclicer: 'greedy',
    nodesep: 14,
    edgesep: 22,
    ranksep: 72,
    marginx: MARGIN,
    marginy: MARGIN,
  })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of ids)
    graph.setNode(id, { width: Math.min(220, 40 + id.length * LETTER), height: NODE_HEIGHT })
  for (const { id, from, to } of edges) graph.setEdge(from, to, {}, id)
  layout(graph)
  const size = graph.graph() as { width?: number; height?: number }
  return {
    width: finite(size.width),
    height: finite(size.height),
    nodes: ids.map((id) => {
      const { x, y, width } = graph.node(id) as { x: number; y: number; width: number }
      return { id, x, y, width }
    }),
    edges: edges.map(({ id, from, to }) => {
      const { points = [] } = graph.edge(from, to, id) as { points?: Point[] }
      const [a, b] = [graph.node(from), graph.node(to)] as [PlacedNode, PlacedNode]
      return { id, points: a.x < b.x ? betweenSides(a, b, points) : points }
    }),
  }
}

/** Leaves in the middle of the right side and arrives in the middle of the left one. */
function betweenSides(a: PlacedNode, b: PlacedNode, points: readonly Point[]): Point[] {
  return [
    { x: a.x + a.width / 2, y: a.y },
    ...points.slice(1, -1),
    { x: b.x - b.width / 2, y: b.y },
  ]
}

// Of an empty graph dagre answers -Infinity.
function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0
}

/** A soft curve through the corners that the layout gave. */
export function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points
  const last = rest.at(-1)
  if (first === undefined || last === undefined) return ''
  let path = `M${round(first.x)} ${round(first.y)}`
  rest.forEach((point, index) => {
    const next = rest[index + 1]
    if (next === undefined) return
    path += `Q${round(point.x)} ${round(point.y)} ${round((point.x + next.x) / 2)} ${round((point.y + next.y) / 2)}`
  })
  return `${path}L${round(last.x)} ${round(last.y)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
