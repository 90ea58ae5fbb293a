import type { BreakerView } from '@/lib/protocol/breaker'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { View } from '@/lib/view/view'
import { pendingSignalsOf } from '@/lib/view/waiters'

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

export function tileFacts(view: View, id: string): TileFacts {
  return {
    coordinator: view.coordinators.get(id),
    pending: pendingSignalsOf(view, id).length,
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
