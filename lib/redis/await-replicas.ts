import type { Redis } from 'ioredis'
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
    if (PROMISES.has(name)) await group.replicated(redis.stream)
    return answer
  }
}

const groups = new WeakMap<Redis, Map<number, ReplicationGroup>>()

function groupOf(redis: Redis, replicas: number): ReplicationGroup {
  const known = groups.get(redis) ?? new Map<number, ReplicationGroup>()
  groups.set(redis, known)
  const group = known.get(replicas) ?? new ReplicationGroup(redis, replicas)
  known.set(replicas, group)
  return group
}

/** The link that an answer came on: another one leads to another Redis, or to one that forgot. */
type Link = Redis['stream'] | undefined

/**
 * WAIT speaks of all that its connection has written before, and holds that connection up. So one at a
 * time is under way, and whoever comes meanwhile shares the next.
 *
 * Where the link is lost between a write and its WAIT, the new one has written nothing, and a new primary
 * would say at once that all of that is replicated. So it only counts for what was written on its own link.
 */
class ReplicationGroup {
  readonly #redis: Redis
  readonly #replicas: number
  #running: Promise<Link> | undefined
  #next: Promise<Link> | undefined

  constructor(redis: Redis, replicas: number) {
    this.#redis = redis
    this.#replicas = replicas
  }

  /** @param link what was written was answered on it */
  async replicated(link: Link): Promise<void> {
    this.#next ??= this.#after(this.#running)
    if ((await this.#next) !== link) throw new TimeoutError(REPLICATION, REPLICATION_MS)
  }

  async #after(running: Promise<Link> | undefined): Promise<Link> {
    await running?.catch(() => {})
    // Those of the same turn of the event loop belong together.
    await Promise.resolve()
    const mine = this.#wait()
    this.#running = mine
    this.#next = undefined
    return mine
  }

  /** Answers the link whose writes are replicated now. */
  async #wait(): Promise<Link> {
    const link: Link = this.#redis.stream
    const count = await this.#redis.call('WAIT', this.#replicas, REPLICATION_MS)
    if (Number(count) < this.#replicas || this.#redis.stream !== link) {
      throw new TimeoutError(REPLICATION, REPLICATION_MS)
    }
    return link
  }
}
