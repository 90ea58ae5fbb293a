import type { BreakerView } from '@/lib/protocol/breaker'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { View } from '@/lib/view/view'

/** What a tile shows of a coordinator beside its own record. */
export interface TileFacts {
  coordinator: CoordinatorView | undefined
  pending: number
  /** The worst of its breakers, where one is not closed. */
  breaker: BreakerView['state'] | undefined
}

const byOwner = new WeakMap<View['breakers'], Map<string, BreakerView['state']>>()

function openBreakers(view: View): Map<string, BreakerView['state']> {
  const known = byOwner.get(view.breakers)
  if (known) return known
  const found = new Map<string, BreakerView['state']>()
  for (const { owner, state } of view.breakers.values())
    if (state !== 'closed' && found.get(owner) !== 'open') found.set(owner, state)
  byOwner.set(view.breakers, found)
  return found
}

// Found once per change of signals, not per change of the board: most of them are beats and phases.
const pendingBy = new WeakMap<View['signals'], Map<string, number>>()

function pendingSignals(view: View): Map<string, number> {
  const known = pendingBy.get(view.signals)
  if (known) return known
  const found = new Map<string, number>()
  for (const { targets } of view.signals.values())
    for (const { state, coordinatorId, heldBy } of targets) {
      if (state !== 'pending') continue
      const holder = heldBy ?? coordinatorId
      found.set(holder, (found.get(holder) ?? 0) + 1)
    }
  pendingBy.set(view.signals, found)
  return found
}

export function tileFacts(view: View, id: string): TileFacts {
  return {
    coordinator: view.coordinators.get(id),
    pending: pendingSignals(view).get(id) ?? 0,
    breaker: openBreakers(view).get(id),
  }
}

export function sameFacts(one: TileFacts, other: TileFacts): boolean {
  return (
    one.coordinator === other.coordinator &&
    one.pending === other.pending &&
    one.breaker === other.breaker
  )
}
