import type { EventOf } from '../protocol/events'
import type { Draft } from './draft'

export function reduceMonitor(
  draft: Draft,
  event: EventOf<'monitor.grace_started' | 'monitor.grace_ended'>,
): void {
  const { lastSweepAt } = draft.monitor
  const swept = lastSweepAt === undefined ? {} : { lastSweepAt }
  draft.monitor =
    event.type === 'monitor.grace_started'
      ? { ...swept, graceUntil: event.data.until, graceCause: event.data.cause }
      : swept
}
