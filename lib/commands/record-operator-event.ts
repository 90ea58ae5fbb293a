import { type EventOf, eventData } from '../protocol/events'
import type { CommandContext } from './command'

type OperatorEvent = EventOf<'operator.signed_in' | 'operator.acted' | 'operator.refused'>

/** Writes what somebody did, or was refused, into the namespace's log, so that every board shows it. */
export async function recordOperatorEvent(
  { scripts, actor }: Pick<CommandContext, 'scripts' | 'actor'>,
  event: Pick<OperatorEvent, 'type' | 'data'>,
): Promise<void> {
  const data = JSON.stringify(eventData[event.type].parse(event.data))
  await scripts.run('recordOperatorEvent', [scripts.keys.events], [event.type, actor, data])
}
