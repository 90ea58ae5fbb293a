import { STATUSES, type Status } from '../protocol/liveness'
import { isTripped } from './breaker-owner'
import type { Knowledge } from './knowledge'
import { statusOf } from './status'
import type { View } from './view'

/** The figures on top of every room. */
export interface Kpis {
  /** Beating in time, blocked ones among them. */
  readonly live: number
  readonly blocked: number
  readonly stale: number
  readonly dead: number
  readonly unknown: number
  /** Every status by itself; they add up to `total`. */
  readonly byStatus: Readonly<Record<Status, number>>
  readonly total: number
  /** ACKs that somebody still owes: one per pending target. */
  readonly pendingAcks: number
  /** Breakers that are open or probing, of those whose owner is there. */
  readonly breakersOpen: number
}

export function kpisOf(view: View, knowledge: Knowledge): Kpis {
  const byStatus = Object.fromEntries(STATUSES.map((it) => [it, 0])) as Record<Status, number>
  for (const coordinator of view.coordinators.values()) byStatus[statusOf(coordinator, knowledge)]++
  let pendingAcks = 0
  for (const signal of view.signals.values())
    for (const target of signal.targets) if (target.state === 'pending') pendingAcks++
  let breakersOpen = 0
  for (const breaker of view.breakers.values()) if (isTripped(view, breaker)) breakersOpen++
  return {
    live: byStatus.active + byStatus.blocked,
    blocked: byStatus.blocked,
    stale: byStatus.stale,
    dead: byStatus.dead,
    unknown: byStatus.unknown,
    byStatus,
    total: view.coordinators.size,
    pendingAcks,
    breakersOpen,
  }
}
