import type { BoxEvent } from '../protocol/events'
import type { Draft } from './draft'

/** What a coordinator did last that means something, named by its event. Its record notes the same. */
export function noteAct(draft: Draft, coordinatorId: string, event: BoxEvent): void {
  const lastAction = { what: event.type, at: event.at }
  draft.coordinators.change(coordinatorId, event.seq, (it) => ({ ...it, lastAction }))
}
