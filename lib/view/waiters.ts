import type { CoordinatorView, Wait } from '../protocol/coordinator'
import { LIVING } from '../protocol/liveness'
import type { SignalView } from '../protocol/signal'
import { append } from './append'
import { missingVoters } from './confidence'
import type { View } from './view'

/** One coordinator that waits, for one that owes. */
export interface Owing {
  readonly waiter: CoordinatorView
  readonly wait: Wait
  /** Who has to do something: the target, its replacement where that holds the signal, or a validator. */
  readonly debtor: string
}

/** Who still owes something to this wait. Empty when anybody could end it, or all have answered. */
export function debtorsOf(view: View, wait: Wait): string[] {
  if (wait.kind === 'acks' && wait.signalId !== undefined) {
    const signal = view.signals.get(wait.signalId)
    if (signal === undefined) return wait.on
    const asked = new Set(wait.on)
    return unique(
      signal.targets
        // Whoever the signal was cancelled for, or expired, is not waited for any more.
        .filter((it) => asked.has(it.coordinatorId) && it.state === 'pending')
        .map((it) => it.heldBy ?? it.coordinatorId),
    )
  }
  if (wait.kind === 'decision' && wait.consensus !== undefined) {
    const round = view.consensus.get(wait.consensus)
    if (round !== undefined) return round.outcome === undefined ? missingVoters(round) : []
  }
  return wait.on
}

interface Index {
  readonly owings: readonly Owing[]
  readonly byDebtor: ReadonlyMap<string, readonly Owing[]>
  readonly pendingAt: ReadonlyMap<string, readonly SignalView[]>
}

// A view is never changed in place, so what was found in it stays true as long as it lives.
const indexes = new WeakMap<View, Index>()

function indexOf(view: View): Index {
  const known = indexes.get(view)
  if (known !== undefined) return known
  const owings: Owing[] = []
  const byDebtor = new Map<string, Owing[]>()
  for (const waiter of view.coordinators.values()) {
    if (waiter.waits.length === 0 || !LIVING.has(waiter.liveness)) continue
    for (const wait of waiter.waits)
      for (const debtor of debtorsOf(view, wait)) {
        const owing = { waiter, wait, debtor }
        owings.push(owing)
        append(byDebtor, debtor, owing)
      }
  }
  const pendingAt = new Map<string, SignalView[]>()
  for (const signal of view.signals.values())
    for (const target of signal.targets)
      if (target.state === 'pending')
        append(pendingAt, target.heldBy ?? target.coordinatorId, signal)
  const index: Index = { owings, byDebtor, pendingAt }
  indexes.set(view, index)
  return index
}

/** Everybody who waits, once per debtor. */
export function owingsOf(view: View): readonly Owing[] {
  return indexOf(view).owings
}

/** Who waits for something of this coordinator. */
export function waitersFor(view: View, id: string): readonly Owing[] {
  return indexOf(view).byDebtor.get(id) ?? []
}

/** Signals that this coordinator has not answered yet, oldest first. */
export function pendingSignalsOf(view: View, id: string): readonly SignalView[] {
  return indexOf(view).pendingAt.get(id) ?? []
}

/** Their ids, each once. */
export function waiterIdsFor(view: View, id: string): string[] {
  return unique(waitersFor(view, id).map((it) => it.waiter.id))
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
