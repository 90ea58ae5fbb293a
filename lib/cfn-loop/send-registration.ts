import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { defaultHeartbeatIntervalMs } from '../protocol/liveness'
import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'

/** What a coordinator says of itself; what it leaves out a replacement inherits. */
export interface Registration {
  readonly coordinatorId: string
  readonly instance: string
  /** The epoch that it had, where Redis lost the record of one that lives. */
  readonly lostEpoch?: number | undefined
  readonly swarmId?: string | undefined
  readonly phase?: string | undefined
  readonly iteration?: number | undefined
  readonly timeoutThreshold?: number | undefined
  readonly heartbeatInterval?: number | undefined
  readonly label?: 'sample' | 'load' | undefined
  readonly claim?: string | undefined
}

export interface Registered {
  readonly epoch: number
  /** `starting` until a replacement's own first beat. */
  readonly starting: boolean
  readonly heartbeatIntervalMs: number
  /** Redis' time, ms. */
  readonly now: number
  readonly iteration: number
  readonly phase?: string | undefined
  readonly swarmId: string
}

/**
 * @returns how it is registered, or the script's answer where another incarnation holds the id
 * @throws ClaimRefusedError, ConfigurationError, or what the connection throws
 */
export async function sendRegistration(
  runner: ScriptRunner,
  it: Registration,
): Promise<Registered | { readonly fenced: string[] }> {
  const { keys } = runner
  const lost = it.lostEpoch !== undefined
  const answer = await runner.run(
    'registerCoordinator',
    [keys.coordinator(it.coordinatorId), keys.events, keys.beats, keys.deadlines, keys.settings],
    [
      it.coordinatorId,
      it.instance,
      lost ? '1' : '',
      it.lostEpoch ?? 0,
      it.swarmId ?? '',
      it.phase ?? '',
      it.iteration ?? '',
      it.timeoutThreshold ?? '',
      it.heartbeatInterval ?? '',
      process.pid,
      hostname().slice(0, 255),
      it.label ?? '',
      // A claim is good for one life; who lives already needs none.
      it.claim === undefined || lost ? '' : hashClaim(it.claim),
      '',
    ],
  )
  if (answer[0] === 'FENCED') return { fenced: answer }
  const [, epoch, liveness, thresholdMs, heartbeatMs, now, iteration, phase, swarmId = ''] =
    okOrThrow(answer, { operation: 'register', coordinatorId: it.coordinatorId })
  return {
    epoch: Number(epoch),
    starting: liveness === 'starting',
    heartbeatIntervalMs: Number(heartbeatMs) || defaultHeartbeatIntervalMs(Number(thresholdMs)),
    now: Number(now),
    iteration: Number(iteration),
    phase: phase || undefined,
    swarmId,
  }
}

/** What is kept of a claim in Redis. */
export function hashClaim(claim: string): string {
  return createHash('sha256').update(claim).digest('hex')
}
