import { createClient } from '../../redis/create-client'
import type { NamespaceKeys } from '../../redis/keys'
import type { RedisLike } from '../../redis/redis-like'
import { createScriptRunner, type ScriptRunner } from '../../redis/run-script'
import type { CircuitBreaker } from '../circuit-breaker'
import { guardScripts } from '../redis-breaker'
import type { checkSignalsOptions } from '../signals-options'

/** What signals are sent through. */
export interface SignalsConnection {
  readonly redis: RedisLike
  /** Runs in the name of whoever the log shall show. */
  readonly runner: (actor: string) => ScriptRunner
  readonly close: () => Promise<void>
}

/** Senders whose runners are kept ready. */
const RUNNERS_KEPT = 1000

/** @throws Error 'Redis connection failed' */
export async function openSignalsConnection(
  options: ReturnType<typeof checkSignalsOptions>,
  keys: NamespaceKeys,
  breaker: CircuitBreaker,
): Promise<SignalsConnection> {
  const { redisHost, redisPort, redisPassword, redisDatabase } = options
  const client = createClient({
    socket: { host: redisHost, port: redisPort },
    database: redisDatabase,
    ...(redisPassword === undefined ? {} : { password: redisPassword }),
  })
  await client.connect()
  return signalsConnectionOver(client, keys, breaker, async () => {
    if (client.isOpen) await client.quit()
  })
}

/**
 * Over a client that is somebody else's, and is not closed, where `close` is not given.
 *
 * @throws ConfigurationError on a Cluster without a namespace
 */
export function signalsConnectionOver(
  redis: RedisLike,
  keys: NamespaceKeys,
  breaker: CircuitBreaker,
  close = async () => {},
): SignalsConnection {
  const runners = new Map<string, ScriptRunner>()
  const runner = (actor: string) => {
    const known = runners.get(actor)
    if (known) return known
    const made = guardScripts(createScriptRunner(redis, keys, actor), breaker)
    if (runners.size >= RUNNERS_KEPT) runners.clear()
    runners.set(actor, made)
    return made
  }
  // Says at once what would be wrong with every call.
  runner('system')
  return { redis, runner, close }
}
