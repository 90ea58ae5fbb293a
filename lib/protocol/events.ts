import * as z from 'zod'
import { breakerStateSchema, breakerTransitionSchema } from './breaker'
import {
  confidenceSchema,
  loopSchema,
  outcomeSchema,
  policySchema,
  remarksSchema,
} from './consensus'
import { labelSchema, phaseSchema, processSchema, waitSchema } from './coordinator'
import {
  consensusKeySchema,
  coordinatorIdSchema,
  epochSchema,
  idSchema,
  instanceSchema,
  sequenceSchema,
  signalIdSchema,
  timestampSchema,
} from './ids'
import { luaArray } from './json'
import { ackVerdictSchema, iterationSchema, signalTypeSchema } from './signal'

/**
 * Every change of state is one entry of the event stream, and everything shown is a fold of them.
 * An entry holds one field, `e`, whose value is the JSON text of `{ v, type, at, actor, entity, data }`.
 * The entry's id is the sequence. Past tense: an event says what has happened.
 */
export const EVENT_VERSION = 1
export const EVENT_FIELD = 'e'

const count = z.number().int().nonnegative()
const ids = luaArray(coordinatorIdSchema)
const text = z.string().max(1000)

const registration = z.object({
  swarmId: idSchema,
  phase: phaseSchema.optional(),
  iteration: iterationSchema,
  epoch: epochSchema,
  instance: instanceSchema,
  thresholdMs: z.number().positive(),
  heartbeatIntervalMs: z.number().positive(),
  process: processSchema.optional(),
  label: labelSchema.optional(),
  byHand: z.boolean().optional(),
  /** `starting` when a process adopts a replacement that was asked for, `active` in all other cases. */
  liveness: z.enum(['starting', 'active']),
  replaces: coordinatorIdSchema.optional(),
})

const escalation = z.object({
  epoch: epochSchema,
  swarmId: idSchema,
  newCoordinatorId: coordinatorIdSchema,
  newEpoch: epochSchema,
  reason: text,
  /** It was alive by the record, and somebody replaced it all the same. */
  forced: z.boolean(),
  movedSignals: count,
  movedWorkItems: count,
  /** Until when the replacement has to come. */
  startDeadline: timestampSchema,
  /** The replacement's inheritance, so that the board can show it before its first beat. */
  thresholdMs: z.number().positive(),
  heartbeatIntervalMs: z.number().positive(),
  phase: phaseSchema.optional(),
  iteration: iterationSchema,
  label: labelSchema.optional(),
})

const vote = z.object({
  validatorId: coordinatorIdSchema,
  confidence: confidenceSchema,
  issues: remarksSchema,
  recommendations: remarksSchema,
})

const breakerPublication = z.object({
  owner: idSchema,
  name: idSchema,
  state: breakerStateSchema,
  since: timestampSchema,
  failures: count,
  retryAt: timestampSchema.optional(),
  lastError: z.string().max(500).optional(),
  /** Since its owner's publication before this one, which was at `countedFrom`. */
  calls: count,
  failed: count,
  countedFrom: timestampSchema.optional(),
  transitions: luaArray(breakerTransitionSchema),
  /** The owner did this because an operator had asked for it. */
  obeyed: z.boolean().optional(),
})

const spawn = z.object({ coordinatorId: coordinatorIdSchema, requestId: sequenceSchema.optional() })

/** What each type of event carries, and when it is written. */
export const eventData = {
  /** A coordinator registered: a first life, a new life under an old name, or a process adopting a replacement. */
  'coordinator.registered': registration,
  /** Redis had lost the record of a living coordinator, which wrote it again. */
  'coordinator.reregistered': registration,
  /** It did something that means something: a new phase or iteration, or an action named by itself. */
  'coordinator.phase_changed': z.object({
    phase: phaseSchema.optional(),
    iteration: iterationSchema,
    action: z.string().max(200).optional(),
    /** Not an act of its own: the namespace's threshold changed, and with it this one's. */
    thresholdMs: z.number().positive().optional(),
    heartbeatIntervalMs: z.number().positive().optional(),
  }),
  /** A wait has lasted longer than 250 ms. */
  'coordinator.blocked': z.object({ wait: waitSchema }),
  /** A wait that was shown as blocked ended. */
  'coordinator.unblocked': z.object({
    waitId: idSchema,
    outcome: z.enum(['completed', 'timed_out', 'aborted', 'lost']),
    waitedMs: z.number().nonnegative(),
  }),
  /** Silent for half its threshold. */
  'coordinator.stale': z.object({
    epoch: epochSchema,
    lastBeat: timestampSchema,
    silentMs: z.number(),
    thresholdMs: z.number(),
  }),
  /** Silent beyond its threshold; written once per death, by the one monitor that claimed it. */
  'coordinator.timed_out': z.object({
    epoch: epochSchema,
    lastBeat: timestampSchema,
    silentMs: z.number(),
    thresholdMs: z.number(),
    iteration: iterationSchema,
    phase: phaseSchema.optional(),
    monitorId: idSchema,
    /** Liveness entries and cached ACKs were removed in the same step. */
    cleaned: z.boolean(),
  }),
  /** A stale or dead coordinator, not escalated yet, beat again. */
  'coordinator.recovered': z.object({
    epoch: epochSchema,
    from: z.enum(['stale', 'dead']),
    silentMs: z.number(),
  }),
  /** Its old incarnation is fenced and a replacement exists, `starting`. Once per (coordinator, epoch). */
  'coordinator.escalated': escalation,
  /** A replacement's own first beat. */
  'coordinator.started': z.object({ epoch: epochSchema, instance: instanceSchema }),
  /** A replacement did not come by its deadline. */
  'coordinator.failed': z.object({ epoch: epochSchema, reason: text }),
  /** It left gracefully, or was cleaned up by hand. */
  'coordinator.stopped': z.object({ epoch: epochSchema, reason: z.enum(['graceful', 'cleanup']) }),
  /** An operator removed the record of one that had ended. */
  'coordinator.forgotten': z.object({ reason: text.optional() }),
  /** A fenced incarnation tried to write. `count` is all refusals of this id so far. */
  'coordinator.write_refused': z.object({
    operation: z.string().max(64),
    epoch: epochSchema,
    instance: z.string(),
    currentEpoch: epochSchema,
    count,
  }),

  /** A signal was accepted and stored for every target. */
  'signal.sent': z.object({
    signalId: signalIdSchema,
    source: coordinatorIdSchema,
    targets: z.array(coordinatorIdSchema),
    /** Targets that had been replaced, and who holds the signal instead. */
    heldBy: z.record(coordinatorIdSchema, coordinatorIdSchema).optional(),
    type: signalTypeSchema,
    iteration: iterationSchema,
    timestamp: timestampSchema,
    deadline: timestampSchema,
    payloadBytes: count,
    sentBy: z.string().optional(),
  }),
  /** The first ACK of one target was stored. */
  'signal.acked': z.object({
    signalId: signalIdSchema,
    /** Who signed. */
    coordinatorId: coordinatorIdSchema,
    /** The target that it answers for. */
    target: coordinatorIdSchema,
    epoch: epochSchema,
    keyId: z.string(),
    latencyMs: z.number().nonnegative(),
    /** Nobody sent the signal, it was made by hand: what is known of it, since no other event told. */
    byHand: z
      .object({
        source: coordinatorIdSchema,
        type: signalTypeSchema,
        iteration: iterationSchema,
        timestamp: timestampSchema,
      })
      .optional(),
  }),
  /** With `trackCompletion`: what was acknowledged was also finished. */
  'signal.completed': z.object({
    signalId: signalIdSchema,
    coordinatorId: coordinatorIdSchema,
    target: coordinatorIdSchema,
  }),
  /** A pending signal was handed to the replacement of its target. */
  'signal.redirected': z.object({
    signalId: signalIdSchema,
    target: coordinatorIdSchema,
    from: coordinatorIdSchema,
    to: coordinatorIdSchema,
  }),
  /** Targets that had not answered by the deadline. */
  'signal.expired': z.object({ signalId: signalIdSchema, targets: ids }),
  /** Targets that had not answered when it was cancelled. */
  'signal.cancelled': z.object({ signalId: signalIdSchema, targets: ids, reason: text.optional() }),
  /** A signal was not accepted: nothing of it is stored. */
  'signal.refused': z.object({
    source: coordinatorIdSchema,
    target: coordinatorIdSchema.optional(),
    type: signalTypeSchema,
    reason: z.enum(['inbox_full', 'idempotency_conflict', 'memory_full']),
  }),
  /** An ACK was found whose MAC, signal, target or epoch is not right. The true one may still come. */
  'ack.rejected': z.object({
    signalId: signalIdSchema,
    coordinatorId: coordinatorIdSchema,
    verdict: ackVerdictSchema,
    by: z.string(),
  }),

  'work.stored': z.object({ coordinatorId: coordinatorIdSchema, workId: idSchema, items: count }),
  'work.completed': z.object({
    coordinatorId: coordinatorIdSchema,
    workId: idSchema,
    items: count,
  }),
  /** All work in hand moved to a replacement. */
  'work.transferred': z.object({
    from: coordinatorIdSchema,
    to: coordinatorIdSchema,
    workIds: luaArray(idSchema),
    items: count,
  }),

  'spawn.requested': spawn.extend({
    replaces: coordinatorIdSchema,
    swarmId: idSchema,
    deadline: timestampSchema,
  }),
  'spawn.claimed': spawn.extend({ spawnerId: idSchema }),
  /** The spawner's process runs; it has not beaten yet. */
  'spawn.running': spawn.extend({ spawnerId: idSchema, process: processSchema.optional() }),
  'spawn.failed': spawn.extend({ spawnerId: idSchema.optional(), reason: text }),

  'consensus.opened': z.object({
    key: consensusKeySchema,
    swarmId: idSchema,
    loop: loopSchema,
    runId: idSchema,
    iteration: iterationSchema,
    threshold: confidenceSchema,
    policy: policySchema,
    validators: luaArray(coordinatorIdSchema),
    quorum: z.number().int().positive(),
    deadline: timestampSchema,
  }),
  'consensus.vote_cast': vote.extend({ key: consensusKeySchema }),
  /** A correction; the vote before it stays in the log. */
  'consensus.vote_replaced': vote.extend({ key: consensusKeySchema, previous: confidenceSchema }),
  'consensus.decided': outcomeSchema.omit({ at: true }).extend({ key: consensusKeySchema }),
  /** The deadline passed without a quorum. */
  'consensus.expired': outcomeSchema.omit({ at: true }).extend({ key: consensusKeySchema }),

  'breaker.opened': breakerPublication,
  'breaker.half_opened': breakerPublication,
  /** Also the first publication of a closed one. */
  'breaker.closed': breakerPublication,
  /** An operator asked for a state; the owner obeys on its next contact. */
  'breaker.forced': z.object({
    owner: idSchema,
    name: idSchema,
    state: z.enum(['open', 'closed', 'reset']),
    reason: text,
  }),

  /** Its owner, which is no coordinator, is no more: a control room that ended. */
  'breaker.retired': z.object({ owner: idSchema, name: idSchema }),

  /** Nobody can be declared dead until `until`: a gap between sweeps, a restarted Redis, a clock that jumped. */
  'monitor.grace_started': z.object({
    monitorId: idSchema,
    until: timestampSchema,
    cause: z.enum(['gap', 'restart', 'clock']),
    gapMs: z.number(),
  }),
  'monitor.grace_ended': z.object({ monitorId: idSchema }),

  'operator.signed_in': z.object({ operator: z.string() }),
  /** An operator's action was carried out. `result` is one line for people. */
  'operator.acted': z.object({
    operator: z.string(),
    action: z.string().max(64),
    targets: z.array(z.string()).max(10_000),
    reason: text.optional(),
    result: text.optional(),
    /** Attention entries: what was acknowledged or snoozed, and until when. */
    until: timestampSchema.optional(),
  }),
  'operator.refused': z.object({
    operator: z.string(),
    action: z.string().max(64),
    targets: z.array(z.string()).max(10_000),
    rule: text,
  }),
} as const

export type EventType = keyof typeof eventData
export const EVENT_TYPES = Object.keys(eventData) as EventType[]

/** What any event has, whatever it carries. */
const envelope = {
  v: z.literal(EVENT_VERSION),
  /** Redis' time, ms. */
  at: timestampSchema,
  /** A coordinator's id, `monitor:<id>`, `spawner:<id>`, `operator:<name>` or `system`. */
  actor: z.string().max(160),
  /** What it is about: `coordinator:<id>`, `signal:<id>`, `consensus:<key>`, `breaker:<owner>:<name>`, `monitor`, `operator:<name>`. */
  entity: z.string().max(400),
}

export type EventOf<T extends EventType> = {
  [K in T]: {
    seq: Sequence
    v: 1
    type: K
    at: number
    actor: string
    entity: string
    data: z.infer<(typeof eventData)[K]>
  }
}[T]
type Sequence = z.infer<typeof sequenceSchema>

/** One event, discriminated by its type. */
export type BoxEvent = EventOf<EventType>

const variants = EVENT_TYPES.map((type) =>
  z.object({ ...envelope, seq: sequenceSchema, type: z.literal(type), data: eventData[type] }),
)

/** An event with its sequence, as frames and HTTP answers carry it. */
export const eventSchema = z.discriminatedUnion(
  'type',
  variants as unknown as readonly [(typeof variants)[number]],
) as unknown as z.ZodType<BoxEvent>

export type ParsedEntry =
  | { ok: true; event: BoxEvent }
  | { ok: false; seq: Sequence; problem: string }

/** Reads one entry of the stream. A foreign or malformed one is a problem to log and skip, never an exception. */
export function parseEventEntry(seq: Sequence, json: string): ParsedEntry {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return {
      ok: false,
      seq,
      problem: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, seq, problem: 'not an object' }
  const parsed = eventSchema.safeParse({ ...value, seq })
  return parsed.success
    ? { ok: true, event: parsed.data }
    : { ok: false, seq, problem: z.prettifyError(parsed.error) }
}
