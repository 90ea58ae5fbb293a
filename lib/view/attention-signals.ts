import type { SignalTarget, SignalView } from '../protocol/signal'
import { append } from './append'
import { entryId, type Finding } from './attention-entry'
import type { Moment } from './moment'
import { counted, listOfIds, strong, text } from './sentence'
import type { View } from './view'

/** Settled trouble with signals is news for this long, ms. */
const NEWS_MS = 600_000

/**
 * ACKs that were refused, and signals that ran out unanswered: one entry a target. What ran out at the dead is
 * no trouble of its own: their death is.
 */
export function findSignals({ view, now }: Moment): Finding[] {
  const refused = new Map<string, SignalView[]>()
  const expired = new Map<string, SignalView[]>()
  for (const signal of view.signals.values()) {
    for (const target of signal.targets) {
      const recent = target.state === 'pending' || now - signal.deadline < NEWS_MS
      if (target.rejected > 0 && recent && now - signal.timestamp < NEWS_MS) {
        append(refused, target.coordinatorId, signal)
      }
      if (target.state === 'expired' && recent && !isDead(view, target))
        append(expired, target.coordinatorId, signal)
    }
  }
  return [
    ...[...refused].map(([coordinatorId, signals]): Finding => {
      const { acks, verdicts } = refusedAt(signals, coordinatorId)
      return {
        id: entryId('refused-acks', [coordinatorId]),
        kind: 'refused-acks',
        status: 'failed',
        title: `ACKs in the name of ${coordinatorId} were refused`,
        sentence: [
          strong(counted(acks, 'ACK')),
          text(
            ` of ${counted(signals.length, 'signal')} did not hold${verdicts}. The true ones may still come.`,
          ),
        ],
        since: Math.max(...signals.map((it) => it.timestamp)),
        actions: [{ kind: 'show-signals', coordinatorId }],
        coordinators: [coordinatorId],
        room: 'signals',
      }
    }),
    ...[...expired].map(([coordinatorId, signals]): Finding => {
      const senders = [...new Set(signals.map((it) => it.source))].sort()
      return {
        id: entryId('expired', [coordinatorId]),
        kind: 'expired',
        status: 'stale',
        title: `${coordinatorId} left ${counted(signals.length, 'signal')} unanswered`,
        sentence: [
          strong(counted(signals.length, 'signal')),
          text(' from '),
          ...listOfIds(senders),
          text(' ran out before it acknowledged.'),
        ],
        since: Math.max(...signals.map((it) => it.deadline)),
        actions: [{ kind: 'show-signals', coordinatorId }],
        coordinators: [coordinatorId],
        room: 'signals',
      }
    }),
  ]
}

function isDead(view: View, { heldBy, coordinatorId }: SignalTarget): boolean {
  const liveness = view.coordinators.get(heldBy ?? coordinatorId)?.liveness
  return liveness === 'dead' || liveness === 'failed'
}

/** How many of its ACKs were refused, and why. */
function refusedAt(signals: readonly SignalView[], coordinatorId: string) {
  let acks = 0
  const verdicts = new Set<string>()
  for (const signal of signals)
    for (const target of signal.targets) {
      if (target.coordinatorId !== coordinatorId) continue
      acks += target.rejected
      if (target.verdict !== undefined && target.verdict !== 'valid')
        verdicts.add(target.verdict.replace('_', ' '))
    }
  return { acks, verdicts: verdicts.size === 0 ? '' : ` (${[...verdicts].sort().join(', ')})` }
}
