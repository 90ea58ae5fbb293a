import type { BoxEvent } from '@/lib/protocol/events'
import type { History } from './history'

/**
 * What must be true of every history, whatever was done to it. Each sentence that comes out names a
 * breach; the log and the records are taken as they stand, together.
 */
export function contradictions(history: History): string[] {
  return [
    ...history.problems,
    ...repeatedDeaths(history.events),
    ...repeatedEscalations(history.events),
    ...repeatedIncarnations(history.events),
    ...wrongSignals(history),
    ...sharedWork(history),
  ]
}

/** A death is claimed once: before the next one there is a sign of life, or another life. */
function repeatedDeaths(events: readonly BoxEvent[]): string[] {
  const found: string[] = []
  const dead = new Set<string>()
  for (const { type, entity } of events) {
    if (type === 'coordinator.timed_out') {
      if (dead.has(entity)) found.push(`${entity} died twice`)
      dead.add(entity)
    } else if (
      type === 'coordinator.registered' ||
      type === 'coordinator.reregistered' ||
      type === 'coordinator.recovered'
    ) {
      dead.delete(entity)
    }
  }
  return found
}

function repeatedEscalations(events: readonly BoxEvent[]): string[] {
  const found: string[] = []
  const seen = new Set<string>()
  for (const it of events) {
    if (it.type !== 'coordinator.escalated') continue
    const life = `${it.entity} in epoch ${it.data.epoch}`
    if (seen.has(life)) found.push(`${life} was escalated twice`)
    seen.add(life)
  }
  return found
}

/** An epoch of an id is given to one instance, and later ones are larger. */
function repeatedIncarnations(events: readonly BoxEvent[]): string[] {
  const found: string[] = []
  const last = new Map<string, { epoch: number; instance: string }>()
  for (const it of events) {
    if (it.type !== 'coordinator.registered' && it.type !== 'coordinator.reregistered') continue
    const before = last.get(it.entity)
    const { epoch, instance } = it.data
    // Who adopts a replacement begins in the epoch that was made for it.
    if (before && epoch <= before.epoch) {
      found.push(`${it.entity} got epoch ${epoch} after ${before.epoch}`)
    }
    last.set(it.entity, { epoch, instance })
  }
  return found
}

/** Every target is in one state, an ACK stands where it says so, and nothing waits that has ended. */
function wrongSignals({ signals }: History): string[] {
  const found: string[] = []
  for (const [signalId, { acks, view, signal, byHand }] of signals) {
    if (!byHand && view.targets.length !== signal.targets.length) {
      found.push(`${signalId} has ${view.targets.length} of ${signal.targets.length} targets`)
    }
    for (const { coordinatorId, state } of view.targets) {
      const has = acks.has(coordinatorId)
      if (has !== (state === 'acked' || state === 'completed')) {
        found.push(
          `${signalId} is ${state} for ${coordinatorId} ${has ? 'with' : 'without'} an ACK`,
        )
      }
    }
  }
  return found
}

/** Names of work items are unique in all faults: found twice means two owners. */
function sharedWork({ work }: History): string[] {
  const found: string[] = []
  const owner = new Map<string, string>()
  for (const [coordinatorId, items] of work) {
    for (const it of items) {
      const other = owner.get(it)
      if (other) found.push(`${it} is in the hands of ${other} and of ${coordinatorId}`)
      owner.set(it, coordinatorId)
    }
  }
  return found
}
