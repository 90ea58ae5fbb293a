import type { BoxEvent } from '../protocol/events'

/** Whether an event is about this coordinator: its own, or one in which it has a part. */
export function eventConcerns(event: BoxEvent, coordinatorId: string): boolean {
  if (event.entity === `coordinator:${coordinatorId}`) return true
  const data: Readonly<Record<string, unknown>> = event.data
  for (const field of PARTS) if (data[field] === coordinatorId) return true
  if (Array.isArray(data.targets) && data.targets.includes(coordinatorId)) return true
  // A signal's name begins with its sender, where it was sent by the library.
  return typeof data.signalId === 'string' && data.signalId.startsWith(`${coordinatorId}:`)
}

const PARTS = [
  'coordinatorId',
  'target',
  'source',
  'from',
  'to',
  'owner',
  'replaces',
  'newCoordinatorId',
  'validatorId',
] as const
