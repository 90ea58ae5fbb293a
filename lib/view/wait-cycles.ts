import { append } from './append'
import type { WaitEdge } from './wait-edge'

/** What ends a deadlock: a wait that gives up by itself, or what an operator can do. */
export type Remedy =
  | {
      readonly kind: 'timeout'
      readonly waiter: string
      readonly debtor: string
      readonly at: number
    }
  | { readonly kind: 'cancel'; readonly signalId: string; readonly waiter: string }
  | { readonly kind: 'escalate'; readonly coordinatorId: string }

/** Coordinators that wait for each other, in the order of the waiting; the last waits for the first. */
export interface WaitCycle {
  /** `a → b → a` */
  readonly name: string
  readonly members: readonly string[]
  readonly edges: readonly WaitEdge[]
  /** Since when the ring has been closed. */
  readonly since: number
  /** The first wait to give up comes first. */
  readonly remedies: readonly Remedy[]
}

/** One ring for every knot of coordinators that all reach each other, the longest-standing first. */
export function cyclesIn(edges: readonly WaitEdge[]): WaitCycle[] {
  const out = new Map<string, WaitEdge[]>()
  for (const edge of edges) append(out, edge.from, edge)
  const cycles: WaitCycle[] = []
  for (const knot of knotsIn(out)) {
    const ring = shortestRing(knot, out)
    if (ring !== undefined) cycles.push(describeRing(ring))
  }
  return cycles.sort((a, b) => a.since - b.since || (a.name < b.name ? -1 : 1))
}

/** Tarjan's strongly connected components, without recursion: a chain may be ten thousand long. */
function knotsIn(out: ReadonlyMap<string, readonly WaitEdge[]>): Set<string>[] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const stacked = new Set<string>()
  const knots: Set<string>[] = []
  for (const root of [...out.keys()].sort()) {
    if (order.has(root)) continue
    const work: { id: string; next: number }[] = [{ id: root, next: 0 }]
    while (work.length > 0) {
      const frame = work[work.length - 1]
      if (frame === undefined) break
      const { id } = frame
      if (frame.next === 0 && !order.has(id)) {
        order.set(id, order.size)
        low.set(id, order.get(id) ?? 0)
        stack.push(id)
        stacked.add(id)
      }
      const edge = out.get(id)?.[frame.next]
      if (edge !== undefined) {
        frame.next++
        if (!order.has(edge.to)) work.push({ id: edge.to, next: 0 })
        else if (stacked.has(edge.to)) lower(id, order.get(edge.to))
        continue
      }
      work.pop()
      const parent = work[work.length - 1]
      if (parent !== undefined) lower(parent.id, low.get(id))
      if (low.get(id) !== order.get(id)) continue
      const knot = new Set<string>()
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        stacked.delete(member)
        knot.add(member)
        if (member === id) break
      }
      const alone = knot.size === 1 && !(out.get(id) ?? []).some((it) => it.to === id)
      if (!alone) knots.push(knot)
    }
  }
  return knots

  function lower(id: string, to: number | undefined): void {
    if (to !== undefined && to < (low.get(id) ?? to)) low.set(id, to)
  }
}

/** The shortest way from the knot's first member (by name) back to itself. */
function shortestRing(
  knot: ReadonlySet<string>,
  out: ReadonlyMap<string, readonly WaitEdge[]>,
): WaitEdge[] | undefined {
  const start = [...knot].sort()[0]
  if (start === undefined) return undefined
  const cameBy = new Map<string, WaitEdge>()
  const queue = [start]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const edge of out.get(id) ?? []) {
      if (edge.to === start) {
        const ring = [edge]
        for (let at = edge.from; at !== start; ) {
          const step = cameBy.get(at)
          if (step === undefined) return undefined
          ring.unshift(step)
          at = step.from
        }
        return ring
      }
      if (knot.has(edge.to) && !cameBy.has(edge.to)) {
        cameBy.set(edge.to, edge)
        queue.push(edge.to)
      }
    }
  }
  return undefined
}

function describeRing(edges: readonly WaitEdge[]): WaitCycle {
  const members = edges.map((it) => it.from)
  const timeouts: Remedy[] = [...edges]
    .sort((a, b) => a.until - b.until)
    .map((it) => ({ kind: 'timeout', waiter: it.from, debtor: it.to, at: it.until }))
  const cancels: Remedy[] = edges.flatMap((it) =>
    it.signalId === undefined ? [] : [{ kind: 'cancel', signalId: it.signalId, waiter: it.from }],
  )
  const escalations: Remedy[] = members.map((it) => ({ kind: 'escalate', coordinatorId: it }))
  return {
    name: [...members, members[0]].join(' → '),
    members,
    edges,
    since: Math.max(...edges.map((it) => it.since)),
    remedies: [...timeouts, ...cancels, ...escalations],
  }
}
