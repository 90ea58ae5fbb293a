interface Placed {
  id: string
  x: number
  y: number
}

const WAYS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** How much farther something counts as that lies aside of the way. */
const ASIDE = 2

/** Where an arrow key leads from a node of the drawing: to the nearest that way. Home and End lead to the first and last. */
export function nodeTowards(
  nodes: readonly Placed[],
  from: string,
  key: string,
): string | undefined {
  if (key === 'Home') return nodes[0]?.id
  if (key === 'End') return nodes.at(-1)?.id
  const here = nodes.find((it) => it.id === from)
  const way = WAYS[key]
  if (here === undefined || way === undefined) return undefined
  let nearest: { id: string; distance: number } | undefined
  for (const { id, x, y } of nodes) {
    const ahead = (x - here.x) * way[0] + (y - here.y) * way[1]
    const aside = Math.abs((x - here.x) * way[1]) + Math.abs((y - here.y) * way[0])
    if (ahead <= 0) continue
    const distance = ahead + ASIDE * aside
    if (nearest === undefined || distance < nearest.distance) nearest = { id, distance }
  }
  return nearest?.id
}
