import * as z from 'zod'

export { compareSequences, SEQUENCE_START, type Sequence } from './sequence'

/** One segment of every name in Signalbox: letters, digits, `_` and `-`, 1 to 64 of them. */
export const ID_RULE = '1 to 64 characters of A-Z, a-z, 0-9, _ and -'
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/

export const idSchema = z.string().regex(idPattern, `must be ${ID_RULE}`)

/** A coordinator's name; also names swarms, runs, breakers, work items and validators. */
export const coordinatorIdSchema = idSchema
export type CoordinatorId = z.infer<typeof coordinatorIdSchema>

export const SIGNAL_ID_RULE =
  'one to five segments joined by ":", each of A-Z, a-z, 0-9, _ and - (the second may be *)'

/**
 * A signal's name: one to five segments. Signals that the library sends have five,
 * `sender:receiver:type:iteration:timestamp`, with `*` as the receiver of a broadcast.
 */
export const signalIdPattern =
  /^[A-Za-z0-9_-]{1,64}(?::(?:\*|[A-Za-z0-9_-]{1,64}))?(?::[A-Za-z0-9_-]{1,64}){0,3}$/
export const signalIdSchema = z.string().regex(signalIdPattern, `must be ${SIGNAL_ID_RULE}`)

/** `swarm:loop:run:iteration`, the name of one round of votes. */
export const consensusKeyPattern = /^[A-Za-z0-9_-]{1,64}:[0-9]{1,2}:[A-Za-z0-9_-]{1,64}:[0-9]{1,9}$/
export const consensusKeySchema = z
  .string()
  .regex(consensusKeyPattern, 'must be swarm:loop:run:iteration')

/** An incarnation: of all holders of one id, the pair never repeats, and equality with it is the fence. */
export const epochSchema = z.number().int().nonnegative()
export const instanceSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

/** An entry id of the event stream, `milliseconds-counter`: the sequence that everything shown is ordered by. */
export const sequenceSchema = z.string().regex(/^\d{1,16}-\d{1,10}$/)

/** Milliseconds since 1970 by Redis' clock, the only one that decides anything. */
export const timestampSchema = z.number().int().nonnegative()
