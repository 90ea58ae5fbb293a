import { replicasFromEnvironment } from '../config/library-environment'
import { ConfigurationError, TimeoutError } from './errors'
import { isCluster, type RedisLike } from './redis-like'
import type { ScriptName } from './scripts.generated'

type Run = (name: ScriptName, keys: string[], args: (string | number)[]) => Promise<string[]>

/** Whose answer is a promise to somebody: it counts once the replicas have it. */
const PROMISES: ReadonlySet<ScriptName> = new Set<ScriptName>([
  'registerCoordinator',
  'escalateCoordinator',
  'sendSignal',
  'acknowledgeSignal',
  'completeSignal',
  'cancelSignal',
  'storeWork',
  'completeWork',
  'openConsensus',
  'castVote',
  'decideConsensus',
])

const SETTING = 'BLOCKING_COORDINATION_REPLICAS'

/** What a time-out of replicas names as its operation. */
export const REPLICATION = 'replication'

/** Replicas that don't answer for so long make the outcome unknown, ms. */
const REPLICATION_MS = 1000

/**
 * The same, whose answers wait until so many replicas have what was written: what was accepted then
 * survives the loss of the primary, if one of those takes over.
 *
 * @param replicas default: `BLOCKING_COORDINATION_REPLICAS` of the environment, else none
 * @returns what also throws TimeoutError when the replicas don't answer in time: it may have been stored,
 *   may be lost, and can be asked for again
 * @throws ConfigurationError on a Cluster, where the wait could go to another node than the write
 */
export function awaitReplicas(
  redis: RedisLike,
  run: Run,
  replicas = replicasFromEnvironment(),
): Run {
  if (replicas === 0) return run
  if (Number.isNaN(replicas)) throw new ConfigurationError(SETTING, 'must be a whole number')
  if (isCluster(redis)) {
    throw new ConfigurationError(SETTING, 'replicas cannot be waited for on Redis Cluster')
  }
  const group = groupOf(redis, replicas)
  return async (name, keys, args) => {
    const answer = await run(name, keys, args)
    if (PROMISES.has(name)) await group.replicated()
    return answer
  }
}

const groups = new WeakMap<RedisLike, Map<number, ReplicationGroup>>()

function groupOf(redis: RedisLike, replicas: number): ReplicationGroup {
  const known = groups.get(redis) ?? new Map<number, ReplicationGroup>()
  groups.set(redis, known)
  const group = known.get(replicas) ?? new ReplicationGroup(redis, replicas)
  known.set(replicas, group)
  return group
}

/**
 * WAIT speaks of all that its connection has written before, and holds that connection up. So one at a
 * time is under way, and whoever comes meanwhile shares the next.
 */
class ReplicationGroup {
  readonly #redis: RedisLike
  readonly #replicas: number
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(redis: RedisLike, replicas: number) {
    this.#redis = redis
    this.#replicas = replicas
  }

  replicated(): Promise<void> {
    this.#next ??= this.#after(this.#running)
    return this.#next
  }

  async #after(running: Promise<void> | undefined): Promise<void> {
    await running?.catch(() => {})
    // Those of the same turn of the event loop belong together.
    await Promise.resolve()
    const mine = this.#wait()
    this.#running = mine
    this.#next = undefined
    return mine
  }

  async #wait(): Promise<void> {
    const count = await this.#redis.call('WAIT', this.#replicas, REPLICATION_MS)
    if (Number(count) < this.#replicas) throw new TimeoutError(REPLICATION, REPLICATION_MS)
  }
}
