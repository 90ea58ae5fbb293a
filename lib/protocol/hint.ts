import * as z from 'zod'
import { coordinatorIdSchema, signalIdSchema } from './ids'
import { isObject, isPlainId, isPlainSignalId } from './plain'
import { readStoredAck } from './read-ack'
import { readSignal } from './read-signal'
import { signalSchema, storedAckSchema } from './signal'

/**
 * What is published on a coordinator's channel. A hint says where to look, and may carry what would
 * be found there, so that nobody needs to. It may be lost, late or doubled: state is the truth.
 * `db` is the number of the publisher's database: channels, unlike keys, are shared by all of them.
 */
export const hintSchema = z.discriminatedUnion('k', [
  /** A signal came into the inbox as this entry. Only small signals are carried. */
  z.object({
    k: z.literal('signal'),
    db: z.number().int(),
    entry: z.string(),
    target: coordinatorIdSchema,
    signal: signalSchema.optional(),
  }),
  /**
   * A pending signal was taken out of an inbox: cancelled, expired, deleted. Told to whoever held it, and to
   * its sender, where those hear it who wait for its ACKs.
   */
  z.object({ k: z.literal('gone'), db: z.number().int(), signalId: signalIdSchema }),
  /** A target answered. `stored` is what stands in the record. */
  z.object({
    k: z.literal('ack'),
    db: z.number().int(),
    signalId: signalIdSchema,
    target: coordinatorIdSchema,
    stored: storedAckSchema,
  }),
])
export type Hint = z.infer<typeof hintSchema>

const hintsSchema = z.array(hintSchema)

/**
 * What a message says: one hint or, from a script that took several calls, an array of them; undefined for
 * one that cannot be read, which only means: look.
 */
export function parseHints(message: string): Hint[] | undefined {
  try {
    const value: unknown = JSON.parse(message)
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return plainHints(values) ?? hintsSchema.safeParse(values).data
  } catch {
    return undefined
  }
}

function plainHints(values: readonly unknown[]): Hint[] | undefined {
  const hints: Hint[] = []
  for (const value of values) {
    const hint = plainHint(value)
    if (!hint) return undefined
    hints.push(hint)
  }
  return hints
}

/** The two that come with every signal. */
function plainHint(value: unknown): Hint | undefined {
  if (!isObject(value)) return undefined
  const { k, db, target } = value
  if (!Number.isSafeInteger(db) || !isPlainId(target)) return undefined
  if (k === 'signal' && typeof value.entry === 'string') {
    const hint = { k, db: Number(db), entry: value.entry, target } as const
    if (value.signal === undefined) return hint
    const signal = readSignal(value.signal)
    return signal && { ...hint, signal }
  }
  if (k === 'ack') {
    const { signalId } = value
    const stored = readStoredAck(value.stored)
    return isPlainSignalId(signalId) && stored
      ? { k, db: Number(db), signalId, target, stored }
      : undefined
  }
  return undefined
}
