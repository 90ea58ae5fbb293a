import { REPLICATION } from '../redis/await-replicas'
import { isTimeoutError, TimeoutError } from '../redis/errors'
import type { RedisLike } from '../redis/redis-like'
import { replaceSilentConnection } from '../redis/replace-silent-connection'
import type { RunScript, ScriptRunner } from '../redis/run-script'
import type { CircuitBreakerOptions } from './breaker/breaker-options'
import { CircuitBreaker } from './circuit-breaker'

/** How the core guards its own access to Redis. */
export const REDIS_BREAKER = {
  name: 'redis',
  /** No answer for this long is a failure, ms. */
  timeoutMs: 3000,
  /** A script may have run though its answer is lost: who called decides whether to call again. */
  maxAttempts: 1,
  threshold: 3,
  /** Short: a probe is one small script, and a coordinator that cannot beat looks dead. */
  cooldownMs: 1000,
} as const satisfies CircuitBreakerOptions

const breakers = new WeakMap<RedisLike, CircuitBreaker>()

/** The breaker of whatever uses this connection without a breaker of its own. */
export function redisBreakerOf(redis: RedisLike): CircuitBreaker {
  const known = breakers.get(redis)
  if (known) return known
  const breaker = createRedisBreaker()
  breakers.set(redis, breaker)
  return breaker
}

/** A lost connection gets this long to come back before a call fails, ms. */
const RECONNECT_MS = 1000

/** A breaker that opens when Redis cannot be reached, and only then: a script's refusal is an answer. */
export function createRedisBreaker(options: CircuitBreakerOptions = {}): CircuitBreaker {
  return new CircuitBreaker({ ...REDIS_BREAKER, isFailure: isRedisFailure, ...options })
}

/**
 * The same runner, with every script going through the breaker.
 *
 * While the connection is lost a script waits for it a moment, then fails without having been
 * sent: otherwise ioredis would queue it, and run it long after its caller was told that it failed.
 *
 * @returns a runner whose `run` also throws CircuitOpenError and TimeoutError
 */
export function guardScripts(runner: ScriptRunner, breaker: CircuitBreaker): ScriptRunner {
  const { redis } = runner
  replaceWhenSilent(redis, breaker)
  let wasReady = redis.status === 'ready'
  const run: RunScript = (name, keys, args) => {
    wasReady = true
    return runner.run(name, keys, args)
  }
  return {
    ...runner,
    run: (name, keys, args) =>
      breaker.execute(() => {
        // The usual way is without a promise of its own.
        if (redis.status === 'ready' || !COMES_BY_ITSELF.has(redis.status)) {
          return run(name, keys, args)
        }
        const patience = wasReady ? RECONNECT_MS : REDIS_BREAKER.timeoutMs
        return untilReady(redis, patience).then(() => run(name, keys, args))
      }),
  }
}

const watched = new WeakMap<CircuitBreaker, WeakSet<RedisLike>>()

/** Looks at the link after every call that failed: what answers costs nothing. */
function replaceWhenSilent(redis: RedisLike, breaker: CircuitBreaker): void {
  const known = watched.get(breaker) ?? new WeakSet()
  watched.set(breaker, known)
  if (known.has(redis)) return
  known.add(redis)
  breaker.on('attempt:failed', () => replaceSilentConnection(redis))
}

/** Not `wait` (the first command connects) and not `end` (nothing will: ioredis says so at once). */
const COMES_BY_ITSELF: ReadonlySet<string> = new Set([
  'connecting',
  'connect',
  'reconnecting',
  'close',
])

function untilReady(redis: RedisLike, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      clearTimeout(timer)
      leave()
      how()
    }
    const leave = onceThereOrEnded(redis, () => settle(resolve))
    const timer = setTimeout(
      () => settle(() => reject(new TimeoutError('connection to Redis', timeoutMs))),
      timeoutMs,
    )
  })
}

const waiting = new WeakMap<RedisLike, Set<() => void>>()

/**
 * Calls once when the connection is ready, or has ended: then ioredis refuses the command that follows,
 * with the reason. A connection has one listener for this, however many calls wait for it.
 *
 * @returns waits no longer
 */
function onceThereOrEnded(redis: RedisLike, call: () => void): () => void {
  const known = waiting.get(redis)
  if (known) {
    known.add(call)
    return () => known.delete(call)
  }
  const calls = new Set([call])
  waiting.set(redis, calls)
  const tell = () => {
    redis.removeListener('ready', tell)
    redis.removeListener('end', tell)
    waiting.delete(redis)
    for (const it of calls) it()
  }
  redis.once('ready', tell)
  redis.once('end', tell)
  return () => calls.delete(call)
}

/** Answers of a Redis that is there but of no use yet: loading, failing over, stuck in a script. */
const NOT_SERVING = /^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|READONLY|NOREPLICAS)\b/

/** The library's own refusals: Redis answered, or was never asked. */
const REFUSALS =
  /^(InvalidInput|Configuration|NotConnected|Fenced|IdempotencyConflict|InboxFull|WorkFull|UnknownCoordinator|CoordinatorState|ClaimRefused|RedisFull|CircuitOpen)Error$/

/** Whether an error says that Redis cannot be reached, or does not serve. */
export function isRedisFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  // Redis itself answered; its replicas did not.
  if (isTimeoutError(error)) return error.operation !== REPLICATION
  if (error.name === 'ReplyError') return NOT_SERVING.test(error.message)
  if (error instanceof TypeError || error instanceof RangeError) return false
  return !REFUSALS.test(error.name)
}
