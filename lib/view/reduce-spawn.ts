import type { EventOf } from '../protocol/events'
import type { Draft } from './draft'
import { ignoreUnknown } from './ignore-unknown'
import { FAILED_SPAWNS_KEPT } from './view'

/** Requests for replacements, until one beats (`coordinator.started`) or never came. */
export function reduceSpawn(
  draft: Draft,
  event: EventOf<'spawn.requested' | 'spawn.claimed' | 'spawn.running' | 'spawn.failed'>,
): void {
  const { seq, at } = event
  const id = event.data.coordinatorId
  switch (event.type) {
    case 'spawn.requested':
      draft.spawns.put(id, {
        coordinatorId: id,
        replaces: event.data.replaces,
        swarmId: event.data.swarmId,
        state: 'requested',
        deadline: event.data.deadline,
        at,
        seq,
      })
      return
    case 'spawn.claimed':
    case 'spawn.running': {
      const { spawnerId } = event.data
      const state = event.type === 'spawn.claimed' ? 'claimed' : 'running'
      draft.spawns.change(id, seq, (it) => ({ ...it, state, spawnerId, at }))
      if (event.type === 'spawn.running' && event.data.process) {
        const { process } = event.data
        draft.coordinators.change(id, seq, (it) => ({ ...it, process }))
      }
      return
    }
    case 'spawn.failed': {
      const { spawnerId, reason } = event.data
      draft.spawns.change(id, seq, (it) => ({
        ...it,
        state: 'failed',
        reason,
        ...(spawnerId === undefined ? {} : { spawnerId }),
        at,
      }))
      draft.spawns.keepDone(FAILED_SPAWNS_KEPT)
      return
    }
    default:
      ignoreUnknown(event)
  }
}
