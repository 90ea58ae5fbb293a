import { append } from './append'
import type { WaitGraph } from './wait-graph'

/**
 * The part of a graph that can still be read as a drawing: deadlocks whole, then those whom most
 * wait for, each with its waiters. Lines count as well as coordinators: it is them that make a knot.
 */
export function partOfGraph(graph: WaitGraph, most: { nodes: number; edges: number }): WaitGraph {
  if (graph.nodes.length <= most.nodes && graph.edges.length <= most.edges) return graph
  const waiters = new Map<string, string[]>()
  const tied = new Map<string, string[]>()
  for (const { from, to } of graph.edges) {
    append(waiters, to, from)
    append(tied, from, to)
    append(tied, to, from)
  }
  const kept = new Set<string>()
  const tried = new Set<string>()
  let edges = 0
  const keep = (id: string) => {
    // More lines are never fewer: who did not fit once does not fit later.
    if (tried.has(id) || kept.size >= most.nodes) return
    tried.add(id)
    const more = (tied.get(id) ?? []).filter((it) => kept.has(it)).length
    if (edges + more > most.edges) return
    kept.add(id)
    edges += more
  }
  for (const cycle of graph.cycles) cycle.members.forEach(keep)
  const debtors = [...waiters].sort(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  )
  for (const [debtor, all] of debtors) {
    keep(debtor)
    all.forEach(keep)
    if (kept.size >= most.nodes) break
  }
  return {
    nodes: graph.nodes.filter((it) => kept.has(it.id)),
    edges: graph.edges.filter((it) => kept.has(it.from) && kept.has(it.to)),
    cycles: graph.cycles.filter((cycle) => cycle.members.every((it) => kept.has(it))),
  }
}
