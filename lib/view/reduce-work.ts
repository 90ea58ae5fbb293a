import type { EventOf } from '../protocol/events'
import type { Draft } from './draft'
import { ignoreUnknown } from './ignore-unknown'

export function reduceWork(
  draft: Draft,
  event: EventOf<'work.stored' | 'work.completed' | 'work.transferred'>,
): void {
  // Each event carries how many are in hand afterwards, so none is counted twice.
  const hold = (id: string, workItems: number, acts = false) =>
    draft.coordinators.change(id, event.seq, (it) => ({
      ...it,
      workItems,
      ...(acts ? { lastAction: { what: event.type, at: event.at } } : {}),
    }))
  switch (event.type) {
    case 'work.stored':
    case 'work.completed':
      hold(event.data.coordinatorId, event.data.items, true)
      return
    case 'work.transferred':
      hold(event.data.from, 0)
      hold(event.data.to, event.data.items)
      return
    default:
      ignoreUnknown(event)
  }
}
