import { pino } from 'pino'
import { createRedisBreaker } from '@/lib/cfn-loop/redis-breaker'
import type { RedisPlace } from '@/lib/config/redis-address'
import type { BoxEvent } from '@/lib/protocol/events'
import type { NamespaceKeys } from '@/lib/redis/keys'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { type View, viewFromWire } from '@/lib/view/view'
import { Projection } from '@/server/projection/projection'
import { createRedisConnection } from '@/server/redis/connect-redis'

const LIMITS = { settledSignals: 500, settledConsensus: 300 }

/** A projection on a real Redis, with connections as the server makes them. */
export async function startProjection(
  place: RedisPlace & { password?: string | undefined },
  keys: NamespaceKeys,
) {
  const { password } = place
  const where = 'sentinels' in place ? place : { host: place.host, port: place.port }
  const address = { ...where, username: undefined, password, database: 0, tls: false }
  const redis = createRedisConnection(address)
  redis.on('error', () => {})
  await redis.connect()
  const skipped: unknown[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void skipped.push(JSON.parse(line)) })
  const store = createBoardStore(redis, keys)
  const projection = new Projection({
    redis,
    blocking: createRedisConnection(address, { commandTimeout: undefined }),
    keys,
    namespace: '',
    breaker: createRedisBreaker({ timeoutMs: 500, cooldownMs: 200 }),
    readBoard: async () => (await store.read(LIMITS)).view,
    log,
  })
  const seen = { events: [] as BoxEvent[], snapshots: 0, health: [] as string[] }
  projection.on('events', (events) => void seen.events.push(...events))
  projection.on('snapshot', () => void seen.snapshots++)
  projection.on('health', () => void seen.health.push(projection.status().redis.state))
  await projection.start()
  return {
    projection,
    seen,
    skipped,
    /** The board as the records tell it now. */
    records: async (): Promise<View> => viewFromWire((await store.read(LIMITS)).view),
    close: async () => {
      await projection.close()
      redis.disconnect()
    },
  }
}

/** What events tell of a board: beats are not events, and neither is a sweep that found nothing. */
export function comparable(view: View) {
  const sorted = <T>(map: ReadonlyMap<string, T>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    coordinators: sorted(
      new Map([...view.coordinators].map(([id, { lastBeat: _, ...it }]) => [id, it])),
    ),
    signals: sorted(view.signals),
    consensus: sorted(view.consensus),
    breakers: sorted(view.breakers),
    spawns: sorted(view.spawns),
    marks: sorted(view.marks),
  }
}
