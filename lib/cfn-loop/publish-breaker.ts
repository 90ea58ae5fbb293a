import type { ScriptRunner } from '../redis/run-script'
import { BreakerPublisher } from './breaker/breaker-publisher'
import type { CircuitBreaker } from './circuit-breaker'
import type { CoordinatorLife } from './coordinator-life'

/** Whose breaker it is: a `BlockingCoordinationManager`. */
export interface BreakerOwner {
  readonly coordinatorId: string
  readonly life: CoordinatorLife
  readonly runner: ScriptRunner
}

/** In the long run figures of calls come after so many beats, and not before this, ms. */
const REFRESH_BEATS = 300
const REFRESH_MS = 300_000

/**
 * Shows a breaker on the board, as the coordinator's own: its state with every change, its figures, and
 * an operator's wish to have it open, closed or reset, which is obeyed at the next beat.
 *
 * @returns the way to stop telling; the board keeps what was told last until the owner is forgotten
 */
export function publishBreaker(breaker: CircuitBreaker, owner: BreakerOwner): () => void {
  const { coordinatorId, life, runner } = owner
  const { keys } = runner
  const publisher = new BreakerPublisher({
    breaker,
    refreshMs: () => Math.max(REFRESH_MS, REFRESH_BEATS * life.heartbeatIntervalMs),
    send: (args) =>
      // Who has not registered is not on the board; it is told with the registration.
      life.incarnation && !life.fenced
        ? life.write(
            'publishBreaker',
            [
              keys.breaker(coordinatorId, breaker.name),
              keys.events,
              keys.breakers,
              keys.coordinator(coordinatorId),
            ],
            args,
            'publishBreaker',
          )
        : Promise.resolve(['']),
  })
  const publish = () => void publisher.publish()
  const contact = () => publisher.contact()
  life.on('registered', publish)
  life.on('nudged', publish)
  life.on('beat', contact)
  publish()
  return () => {
    publisher.close()
    life.off('registered', publish)
    life.off('nudged', publish)
    life.off('beat', contact)
  }
}
