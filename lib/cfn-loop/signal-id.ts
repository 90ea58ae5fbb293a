import { type AnySignalType, signalTypeSchema } from '../protocol/signal'

/** What the id of a sent signal says: `sender:receiver:type:iteration:timestamp`. */
export interface SentSignalFacts {
  readonly source: string
  readonly type: AnySignalType
  readonly iteration: number
}

/** Undefined for an id of fewer than five parts: such a signal was made by hand. */
export function factsOfSentSignal(signalId: string): SentSignalFacts | undefined {
  const [source, , type, iteration, timestamp] = signalId.split(':')
  if (!source || timestamp === undefined) return undefined
  const known = signalTypeSchema.safeParse(type)
  const count = Number(iteration)
  if (!known.success || !Number.isInteger(count) || count < 0) return undefined
  return { source, type: known.data, iteration: count }
}

export function hasFiveParts(signalId: string): boolean {
  return signalId.split(':').length === 5
}
