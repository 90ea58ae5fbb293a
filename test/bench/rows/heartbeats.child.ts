import { Redis } from 'ioredis'
import { CoordinatorLife } from '@/lib/cfn-loop/coordinator-life'
import { createRedisBreaker, guardScripts } from '@/lib/cfn-loop/redis-breaker'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import type { Part } from '../../serve-parts'

export interface HeartbeatOptions {
  readonly redis: { readonly host: string; readonly port: number }
  readonly ours: boolean
  readonly namespace: string
  readonly connections: number
  readonly autoPipelining: boolean
  readonly coordinators: number
  /** Beats on their way at any time, over all connections. */
  readonly inFlight: number
}

type Beat = () => Promise<unknown>

/** What a heartbeat is without fence, state and deadline. */
const BARE = `
redis.call('HSET', KEYS[1], 'lastBeat', ARGV[1])
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[2])
redis.call('PUBLISH', KEYS[3], ARGV[2])
return 1`

/** A process in which many coordinators beat, as fast as they can. */
export function heartbeatPart(): Part {
  let options: HeartbeatOptions | undefined
  let beats: Beat[] = []
  let connections: Redis[] = []
  return {
    prepare: async (given: HeartbeatOptions) => {
      options = given
      const { connections: count, autoPipelining: enableAutoPipelining } = given
      connections = Array.from(
        { length: count },
        () => new Redis({ ...given.redis, enableAutoPipelining }),
      )
      await Promise.all(connections.map((it) => it.ping()))
      const ids = Array.from({ length: given.coordinators }, (_, at) => `heart-${at}`)
      beats = await Promise.all(
        ids.map((id, at) => {
          const redis = connections[at % count] as Redis
          return given.ours ? ourBeat(redis, id, given.namespace) : bareBeat(redis, id)
        }),
      )
    },
    load: async ({ forMs }: { forMs: number }) => {
      const startedAt = performance.now()
      let done = 0
      let at = 0
      const lane = async () => {
        while (performance.now() - startedAt < forMs) {
          const beat = beats[at++ % beats.length] as Beat
          await beat()
          done += 1
        }
      }
      await Promise.all(Array.from({ length: options?.inFlight ?? 1 }, lane))
      return done / ((performance.now() - startedAt) / 1000)
    },
    close: () => {
      for (const it of connections) it.disconnect()
    },
  }
}

async function bareBeat(redis: Redis, id: string): Promise<Beat> {
  const sha = (await redis.script('LOAD', BARE)) as string
  const keys = [`bare:coordinator:${id}`, 'bare:beats', 'bare:beat']
  return () => redis.evalsha(sha, 3, ...keys, Date.now(), id)
}

/** What the heart of a `BlockingCoordinationManager` does at each beat, without its timer. */
async function ourBeat(redis: Redis, coordinatorId: string, namespace: string): Promise<Beat> {
  const keys = namespaceKeys(namespace)
  const runner = guardScripts(createScriptRunner(redis, keys, coordinatorId), createRedisBreaker())
  const life = new CoordinatorLife({
    runner,
    coordinatorId,
    swarmId: 'bench',
    heartbeatInterval: 3_600_000,
    timeoutThreshold: 86_400_000,
  })
  await life.ensure()
  return () => life.write('beatCoordinator', [keys.beats], [], 'beat')
}
