import { z } from 'zod'
import { sequenceSchema, timestampSchema } from '../../protocol/ids'
import {
  type Signal,
  type SignalTarget,
  type SignalView,
  signalSchema,
  signalTargetSchema,
} from '../../protocol/signal'
import { parseJsonText } from './parse-json-text'

const numberText = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)

/** The fields of `signal-record:<signalId>` that every one has; the others go by target. */
const fixedFieldsSchema = z.object({
  signal: z.string(),
  deadline: numberText.pipe(timestampSchema),
  sentAt: numberText.pipe(timestampSchema),
  sentBy: z.string().optional(),
  payloadBytes: numberText,
  byHand: z.literal('1').optional(),
  ev: sequenceSchema,
})

const targetStateSchema = signalTargetSchema.omit({ coordinatorId: true })

export interface SignalRecord {
  readonly signal: Signal
  readonly view: SignalView
  /** Redis' time of storing it, ms. */
  readonly sentAt: number
  /** Nobody sent it: it was acknowledged all the same. */
  readonly byHand: boolean
  /** By target, what was stored as its ACK, `{ epoch, by, ack }` as JSON text, unchecked. */
  readonly acks: ReadonlyMap<string, string>
}

export type ParsedSignalRecord =
  | { readonly ok: true; readonly record: SignalRecord }
  | { readonly ok: false; readonly problem: string }

/** Reads the hash of one signal, as HGETALL gives it. A malformed one is a problem to log and skip. */
export function parseSignalRecord(hash: Readonly<Record<string, string>>): ParsedSignalRecord {
  const fields = fixedFieldsSchema.safeParse(hash)
  if (!fields.success) return { ok: false, problem: z.prettifyError(fields.error) }
  const { deadline, sentAt, sentBy, payloadBytes, byHand, ev } = fields.data
  const signal = signalSchema.safeParse(parseJsonText(fields.data.signal))
  if (!signal.success) return { ok: false, problem: `signal: ${z.prettifyError(signal.error)}` }

  const acks = new Map<string, string>()
  const states = new Map<string, SignalTarget>()
  for (const [field, value] of Object.entries(hash)) {
    const name = field.slice(2)
    if (field.startsWith('a:')) acks.set(name, value)
    if (!field.startsWith('t:')) continue
    const state = targetStateSchema.safeParse(parseJsonText(value))
    if (!state.success) return { ok: false, problem: `${field}: ${z.prettifyError(state.error)}` }
    states.set(name, { coordinatorId: name, ...state.data })
  }
  return {
    ok: true,
    record: {
      signal: signal.data,
      sentAt,
      byHand: byHand === '1',
      acks,
      view: {
        signalId: signal.data.signalId,
        source: signal.data.source,
        type: signal.data.type,
        iteration: signal.data.iteration,
        timestamp: signal.data.timestamp,
        deadline,
        payloadBytes,
        targets: byHand ? asTheyCame(states) : inOrder(signal.data.targets, states),
        ...(sentBy === undefined ? {} : { sentBy }),
        seq: ev,
      },
    },
  }
}

/** As the sender named them. */
function inOrder(targets: readonly string[], states: ReadonlyMap<string, SignalTarget>) {
  return targets.flatMap((target) => states.get(target) ?? [])
}

/** Of a signal that nobody sent, only who acknowledged it is a target. */
function asTheyCame(states: ReadonlyMap<string, SignalTarget>): SignalTarget[] {
  return [...states.values()].sort((a, b) => (a.ackedAt ?? 0) - (b.ackedAt ?? 0))
}
