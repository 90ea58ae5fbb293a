import type { EventOf } from '../protocol/events'
import type { AttentionMark } from '../protocol/view'
import type { Draft } from './draft'
import { MARKS_KEPT } from './view'

/** Which action puts which mark on an entry of the attention list. */
const markOf: Readonly<Record<string, AttentionMark['kind']>> = {
  'acknowledge-attention': 'acknowledged',
  'snooze-attention': 'snoozed',
}

/** Most of what operators do comes back as other events; only marks are told by this one. */
export function reduceOperator(
  draft: Draft,
  event: EventOf<'operator.signed_in' | 'operator.acted' | 'operator.refused'>,
): void {
  if (event.type !== 'operator.acted') return
  const kind = Object.hasOwn(markOf, event.data.action) ? markOf[event.data.action] : undefined
  if (kind === undefined) return
  for (const entry of event.data.targets) {
    draft.marks.put(entry, {
      entry,
      kind,
      by: event.data.operator,
      at: event.at,
      ...(event.data.until === undefined ? {} : { until: event.data.until }),
      seq: event.seq,
    })
  }
  draft.marks.keepDone(MARKS_KEPT)
}
