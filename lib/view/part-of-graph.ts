import { append } from './append'
import type { WaitGraph } from './wait-graph'

/**
 * The part of a graph that can still be read as a drawing: deadlocks whole, then those whom most
 * wait for, each with its waiters.
 */
export function partOfGraph(graph: WaitGraph, most: number): WaitGraph {
  if (graph.nodes.length <= most) return graph
  const waiters = new Map<string, string[]>()
  for (const { from, to } of graph.edges) append(waiters, to, from)
  const kept = new Set<string>()
  const keep = (id: string) => {
    if (kept.size < most) kept.add(id)
  }
  for (const cycle of graph.cycles) cycle.members.forEach(keep)
  const debtors = [...waiters].sort(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  )
  for (const [debtor, all] of debtors) {
    keep(debtor)
    all.forEach(keep)
    if (kept.size >= most) break
  }
  return {
    nodes: graph.nodes.filter((it) => kept.has(it.id)),
    edges: graph.edges.filter((it) => kept.has(it.from) && kept.has(it.to)),
    cycles: graph.cycles.filter((cycle) => cycle.members.every((it) => kept.has(it))),
  }
}
