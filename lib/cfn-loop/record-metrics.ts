import { type HeartbeatFailure, metricsRecorder } from '../observability/metrics-recorder'
import { isCircuitOpenError, isTimeoutError } from '../redis/errors'
import type { CoordinatorLife } from './coordinator-life'
import { isRedisFailure } from './redis-breaker'

/** Records the life of one coordinator, if metrics are asked for. Answers how to say that it left. */
export function recordLife(life: CoordinatorLife, waits: () => number): () => void {
  const { coordinatorId } = life
  // At each beat, since metrics may have been asked for after it registered.
  const present = () => metricsRecorder()?.present(life.swarmId, coordinatorId, waits())
  const failed = (error: unknown) =>
    metricsRecorder()?.heartbeatFailed(coordinatorId, reasonOf(error))
  const gone = () => metricsRecorder()?.gone(coordinatorId)
  life.on('registered', present)
  life.on('beat', present)
  life.on('beat:failed', failed)
  life.on('fenced', gone)
  return () => {
    life.off('registered', present)
    life.off('beat', present)
    life.off('beat:failed', failed)
    life.off('fenced', gone)
    gone()
  }
}

function reasonOf(error: unknown): HeartbeatFailure {
  // An open breaker refuses without asking: what it opened for is the reason.
  if (isCircuitOpenError(error)) {
    return error.cause === undefined ? 'connection' : reasonOf(error.cause)
  }
  if (isTimeoutError(error)) return 'timeout'
  return isRedisFailure(error) ? 'connection' : 'error'
}
