import * as z from 'zod'
import {
  coordinatorIdSchema,
  epochSchema,
  sequenceSchema,
  signalIdSchema,
  timestampSchema,
} from './ids'
import { jsonSchema } from './json'

/** The types of signal that have a name of their own. */
export const SignalType = {
  COMPLETION: 'completion',
  RETRY_REQUEST: 'retry_request',
  HEARTBEAT: 'heartbeat',
  ERROR: 'error',
  STATUS_UPDATE: 'status_update',
} as const
export type SignalType = (typeof SignalType)[keyof typeof SignalType]

/** All types a signal may have: the named ones, and the two that older coordinators send. */
export const SIGNAL_TYPES = [
  'completion',
  'retry_request',
  'heartbeat',
  'error',
  'status_update',
  'retry',
  'validation',
] as const
export const signalTypeSchema = z.enum(SIGNAL_TYPES)
export type AnySignalType = z.infer<typeof signalTypeSchema>

export const MAX_ITERATION = 999_999_999
export const iterationSchema = z.number().int().min(0).max(MAX_ITERATION)

export const MAX_TARGETS = 1000

/** One shape everywhere: in inboxes, on the wire and in a coordinator's hands. `timestamp` is Redis' time of sending, ms. */
export const signalSchema = z.object({
  signalId: signalIdSchema,
  source: coordinatorIdSchema,
  targets: z.array(coordinatorIdSchema).min(1).max(MAX_TARGETS),
  type: signalTypeSchema,
  iteration: iterationSchema,
  timestamp: timestampSchema,
  payload: jsonSchema.optional(),
})
export type Signal = z.infer<typeof signalSchema>

/** A signal built by hand may leave its iteration to the manager. */
export const handmadeSignalSchema = signalSchema.partial({ iteration: true })
export type HandmadeSignal = z.infer<typeof handmadeSignalSchema>

export const ackMetadataSchema = z.object({
  signalType: z.string().optional(),
  phase: z.string().optional(),
  /** The coordinator came by HTTP and holds no secret: the server signed for it. */
  signedBy: z.literal('server').optional(),
})

export const ackKeyIdPattern = /^[A-Za-z0-9_-]{1,32}$/
/** An HMAC-SHA256 in hex. */
export const hmacPattern = /^[0-9a-f]{64}$/

/**
 * The signed answer to a signal.
 *
 * `signature` is HMAC-SHA256 in hex over `coordinatorId:source:iteration:timestamp`, for helpers written by hand.
 * `mac` covers every field in a canonical form and is the only one the core trusts.
 * `timestamp` is the signer's estimate of Redis' clock, ms; order and latency never come from it.
 */
export const signalAckSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  signalId: signalIdSchema,
  source: coordinatorIdSchema,
  timestamp: timestampSchema,
  iteration: iterationSchema,
  status: z.literal('received'),
  /** The coordinator that the signal was sent to, when a replacement answers for it; else the same as `coordinatorId`. */
  onBehalfOf: coordinatorIdSchema,
  epoch: epochSchema,
  keyId: z.string().regex(ackKeyIdPattern),
  signature: z.string().regex(hmacPattern),
  mac: z.string().regex(hmacPattern),
  metadata: ackMetadataSchema.optional(),
})
export type SignalAck = z.infer<typeof signalAckSchema>

/** An ACK in a signal's record: the script that stored it noted who signed, and under which epoch. What it holds has to be judged. */
export const storedAckSchema = z.object({
  epoch: epochSchema,
  by: coordinatorIdSchema,
  ack: z.unknown(),
})
export type StoredAck = z.infer<typeof storedAckSchema>

/** What became of one target of a signal. Every accepted target is in exactly one of these. */
export const TARGET_STATES = ['pending', 'acked', 'completed', 'expired', 'cancelled'] as const
export const targetStateSchema = z.enum(TARGET_STATES)
export type TargetState = z.infer<typeof targetStateSchema>

/** Why an ACK was refused. */
export const ACK_VERDICTS = [
  'valid',
  'forged',
  'replayed',
  'late',
  'wrong_epoch',
  'foreign',
  'malformed',
  'unverified',
] as const
export const ackVerdictSchema = z.enum(ACK_VERDICTS)
export type AckVerdict = z.infer<typeof ackVerdictSchema>

/** One target of a signal as the board shows it. */
export const signalTargetSchema = z.object({
  coordinatorId: coordinatorIdSchema,
  state: targetStateSchema,
  /** Who holds the signal now, when it was handed to a replacement. */
  heldBy: coordinatorIdSchema.optional(),
  ackedAt: timestampSchema.optional(),
  /** From storing the signal to storing the ACK, both by Redis' clock, ms. */
  latencyMs: z.number().nonnegative().optional(),
  verdict: ackVerdictSchema.optional(),
  /** ACKs that were refused for this target. */
  rejected: z.number().int().nonnegative().default(0),
})
export type SignalTarget = z.infer<typeof signalTargetSchema>

/** A signal as the board shows it, without its payload. */
export const signalViewSchema = z.object({
  signalId: signalIdSchema,
  source: coordinatorIdSchema,
  type: signalTypeSchema,
  iteration: iterationSchema,
  timestamp: timestampSchema,
  /** When what is still pending expires. */
  deadline: timestampSchema,
  payloadBytes: z.number().int().nonnegative(),
  targets: z.array(signalTargetSchema),
  /** Who sent it through the control room, if anybody did. */
  sentBy: z.string().optional(),
  seq: sequenceSchema,
})
export type SignalView = z.infer<typeof signalViewSchema>
