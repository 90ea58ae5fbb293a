import { randomBytes } from 'node:crypto'
import { CoordinatorStateError } from '../redis/errors'
import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'
import { randomId } from './random-id'
import { hashClaim } from './send-registration'

export interface EscalationOptions {
  /** Why; stands in the log and in the evidence. */
  reason?: string
  /** Who, as the log names them: `operator:<name>`. Default: this handler's monitor. */
  actor?: string
  /** Also replaces one that lives by its record. Needs a reason. */
  force?: boolean
  /** How long the replacement may take to come, ms. Default 60,000. */
  startWithinMs?: number
}

export interface EscalationRequest extends Omit<EscalationOptions, 'actor'> {
  readonly coordinatorId: string
  /** Swarm of the replacement; its predecessor's where empty. */
  readonly swarmId?: string
  /** Who claims the death, if nobody has, and how often it looks, ms. */
  readonly monitorId: string
  readonly intervalMs: number
  readonly cleanup: boolean
}

export interface Escalation {
  readonly newCoordinatorId: string
  readonly swarmId: string
  /** True for the one call that did it. */
  readonly claimed: boolean
  /** Redis' time of it, ms. */
  readonly at: number
  /** The event of it. */
  readonly seq: string
  /** What a process has to show to take up the replacement by HTTP: once, and only where this call did it. */
  readonly claim: string | undefined
}

const START_WITHIN_MS = 60_000

/**
 * Replaces a dead or failed coordinator, once for each of its lives, however many ask.
 *
 * @throws UnknownCoordinatorError, or CoordinatorStateError where it lives and `force` is not set
 */
export async function escalateCoordinator(
  runner: ScriptRunner,
  request: EscalationRequest,
): Promise<Escalation> {
  const { keys } = runner
  const { coordinatorId, force = false } = request
  const claim = randomBytes(32).toString('base64url')
  const answer = await runner.run(
    'escalateCoordinator',
    [
      keys.coordinator(coordinatorId),
      keys.events,
      keys.deadlines,
      keys.beats,
      keys.settings,
      keys.monitor,
      keys.spawn,
    ],
    [
      coordinatorId,
      request.swarmId ?? '',
      randomId(6),
      hashClaim(claim),
      request.startWithinMs ?? START_WITHIN_MS,
      (request.reason ?? 'timed out').slice(0, 500),
      force ? '1' : '',
      request.monitorId,
      request.intervalMs,
      request.cleanup ? '1' : '',
    ],
  )
  if (answer[0] === 'ALIVE') {
    throw new CoordinatorStateError(
      coordinatorId,
      answer[1] ?? '',
      'it is only replaced by force, with a reason',
    )
  }
  const [, newCoordinatorId = '', claimed, at, seq = '', swarmId = ''] = okOrThrow(answer, {
    operation: 'escalate',
    coordinatorId,
  })
  return {
    newCoordinatorId,
    swarmId,
    claimed: claimed === '1',
    at: Number(at),
    seq,
    claim: claimed === '1' ? claim : undefined,
  }
}
