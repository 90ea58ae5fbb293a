import { judgeAckText } from '@/lib/cfn-loop/judge-ack'
import { createKeyRing, type KeyRing } from '@/lib/cfn-loop/key-ring'
import type { CheckedAck } from '@/lib/protocol/http'
import {
  type AckVerdict,
  type SignalAck,
  signalAckSchema,
  storedAckSchema,
} from '@/lib/protocol/signal'
import { parseJsonText } from '@/lib/redis/records/parse-json-text'
import type { SignalRecord } from '@/lib/redis/records/signal-record'
import type { Runtime } from '@/lib/runtime/runtime'

/** An ACK of a record, checked again now, whatever was thought of it when it came. */
export interface RecheckedAck {
  readonly target: string
  readonly verdict: AckVerdict
  /** Who signed, as noted when it was stored. */
  readonly by: string
  /** As it stands; undefined where it is no ACK at all. */
  readonly ack: SignalAck | undefined
}

/** The keys that count here: both, while the secret is being replaced. */
export function keyRingOf({ config }: Pick<Runtime, 'config'>): KeyRing {
  return createKeyRing(config.secret, config.secondSecret)
}

export function recheckAcks(
  record: SignalRecord,
  ring: KeyRing,
  namespace: string | undefined,
): RecheckedAck[] {
  const states = new Map(record.view.targets.map((it) => [it.coordinatorId, it.state]))
  return [...record.acks].map(([target, text]) => {
    const expected = { signalId: record.signal.signalId, target }
    const { verdict } = judgeAckText(text, expected, ring, namespace)
    const state = states.get(target)
    // A true one where nobody was asked any more: it counts for nobody.
    const late = verdict === 'valid' && (state === 'expired' || state === 'cancelled')
    const stored = storedAckSchema.safeParse(parseJsonText(text))
    const ack = signalAckSchema.safeParse(stored.data?.ack)
    return {
      target,
      verdict: late ? 'late' : verdict,
      by: stored.data?.by ?? target,
      ack: ack.data,
    }
  })
}

/** The chips of one coordinator: what it answered, and what was answered to it. */
export function checkedAcksOf(
  coordinatorId: string,
  records: readonly SignalRecord[],
  ring: KeyRing,
  namespace: string | undefined,
): CheckedAck[] {
  return records.flatMap((record) => {
    const states = new Map(record.view.targets.map((it) => [it.coordinatorId, it]))
    return recheckAcks(record, ring, namespace).flatMap(({ target, verdict, by, ack }) => {
      const given = by === coordinatorId || target === coordinatorId
      if (!given && record.signal.source !== coordinatorId) return []
      const state = states.get(target)
      return [
        {
          signalId: record.signal.signalId,
          target,
          coordinatorId: by,
          direction: given ? ('given' as const) : ('received' as const),
          verdict,
          at: state?.ackedAt ?? record.sentAt,
          ...(state?.latencyMs === undefined ? {} : { latencyMs: state.latencyMs }),
          ...(ack === undefined ? {} : { keyId: ack.keyId }),
          ...(ack?.metadata?.signedBy === undefined ? {} : { signedBy: ack.metadata.signedBy }),
        },
      ]
    })
  })
}
