import type { RemoteRegistered, RemoteRegistration } from '../protocol/machines'
import { FencedError, InvalidInputError } from '../redis/errors'
import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'
import { randomId } from './random-id'
import { hashClaim } from './send-registration'

/** Who may register, as far as its token says. */
export interface RemoteEntrant {
  readonly coordinatorId: string
  /** The only swarm that it may be of. */
  readonly onlySwarm?: string | undefined
}

/**
 * Registers a coordinator that has no access to Redis. A replacement that is waited for is taken up with
 * its claim only: anybody with a token could otherwise be first.
 *
 * @param runner runs as this coordinator
 * @throws ClaimRefusedError; FencedError where another took over; InvalidInputError for one of another swarm
 */
export async function registerRemote(
  runner: ScriptRunner,
  { coordinatorId, onlySwarm }: RemoteEntrant,
  it: RemoteRegistration,
): Promise<RemoteRegistered> {
  const { keys } = runner
  const instance = it.instance ?? randomId(16)
  const answer = await runner.run(
    'registerCoordinator',
    [keys.coordinator(coordinatorId), keys.events, keys.beats, keys.deadlines, keys.settings],
    [
      coordinatorId,
      instance,
      it.epoch === undefined ? '' : '1',
      it.epoch ?? 0,
      onlySwarm ?? it.swarmId ?? '',
      it.phase ?? '',
      it.iteration ?? '',
      it.thresholdMs ?? '',
      it.heartbeatIntervalMs ?? '',
      // A process id of a host that nobody can look at says nothing.
      '',
      it.host ?? '',
      it.label ?? '',
      it.claim === undefined ? '' : hashClaim(it.claim),
      '1',
      onlySwarm ?? '',
    ],
  )
  if (answer[0] === 'FOREIGN') {
    throw new InvalidInputError('id', `is of another swarm than ${onlySwarm ?? ''}`)
  }
  if (answer[0] === 'FENCED') {
    throw new FencedError(coordinatorId, 'register', it.epoch ?? 0, Number(answer[1] ?? 0))
  }
  const [, epoch, liveness, threshold, heartbeat, now, iteration, phase, swarmId = ''] = okOrThrow(
    answer,
    { operation: 'register', coordinatorId },
  )
  return {
    coordinatorId,
    swarmId,
    epoch: Number(epoch),
    instance,
    starting: liveness === 'starting',
    ...(phase ? { phase } : {}),
    iteration: Number(iteration),
    thresholdMs: Number(threshold),
    heartbeatIntervalMs: Number(heartbeat),
    serverTime: Number(now),
  }
}
