import type { Redis } from 'ioredis'
import { BreakerPublisher } from '@/lib/cfn-loop/breaker/breaker-publisher'
import type { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { randomId } from '@/lib/cfn-loop/random-id'
import type { BoxEvent } from '@/lib/protocol/events'
import { serverKeys } from '@/lib/redis/keys'
import type { ScriptRunner } from '@/lib/redis/run-script'
import type { Projection } from '../projection/projection'

const REFRESH_MS = 300_000
/** A control room says so often that it runs, ms, and is gone when it has not for the longer time. */
const PRESENT_MS = 10_000
const GONE_MS = 30_000
/** Names of control rooms, also the one that all of them once shared. */
const SERVER_NAME = /^server(-[0-9a-z]{6})?$/

/** How the board names one control room among the owners of breakers. */
export function newServerName(): string {
  return `server-${randomId(6)}`
}

export interface ServerBreakerParts {
  readonly owner: string
  readonly breaker: CircuitBreaker
  readonly scripts: ScriptRunner
  readonly redis: Redis
  readonly projection: Pick<Projection, 'view' | 'on' | 'off'>
  readonly presentMs?: number
  readonly goneMs?: number
}

/**
 * Shows the control room's own breaker around Redis among those of the coordinators, and takes away those
 * of control rooms that are gone.
 *
 * @returns the way to stop, which takes its own away
 */
export function publishServerBreaker(parts: ServerBreakerParts): { close(): Promise<void> } {
  const { owner, breaker, scripts, redis, projection } = parts
  const { presentMs = PRESENT_MS, goneMs = GONE_MS } = parts
  const { keys } = scripts
  const keysOf = (whose: string, name: string) => [
    keys.breaker(whose, name),
    keys.events,
    keys.breakers,
    keys.coordinator(whose),
  ]
  const publisher = new BreakerPublisher({
    breaker,
    refreshMs: () => REFRESH_MS,
    // The server is no coordinator: it has no epoch, and nothing fences it.
    send: (args) =>
      scripts.run('publishBreaker', keysOf(owner, breaker.name), [owner, '', '', ...args]),
  })
  const retire = (whose: string, name: string) =>
    scripts.run('retireBreaker', keysOf(whose, name), [whose, name])

  // It has no beat that would tell it of an operator's wish; the tail of the log does.
  const heard = (events: readonly BoxEvent[]) => {
    const mine = events.some(
      (it) =>
        (it.type === 'breaker.forced' || it.type === 'breaker.retired') &&
        it.data.owner === owner &&
        it.data.name === breaker.name,
    )
    if (mine) void publisher.publish()
  }
  // What came while nobody could hear it.
  const reread = () => void publisher.publish()
  const contact = () => publisher.contact()
  projection.on('events', heard)
  projection.on('snapshot', reread)
  breaker.on('success', contact)

  async function lookAround(): Promise<void> {
    await redis.set(serverKeys.server(owner), '1', 'PX', goneMs)
    for (const it of projection.view().breakers.values()) {
      if (it.owner === owner || !SERVER_NAME.test(it.owner)) continue
      if ((await redis.exists(serverKeys.server(it.owner))) === 0) await retire(it.owner, it.name)
    }
  }
  const look = () => void lookAround().catch(() => {})
  const timer = setInterval(look, presentMs)
  timer.unref()
  // The mark comes before the breaker: nobody may find one without the other.
  const begun = redis
    .set(serverKeys.server(owner), '1', 'PX', goneMs)
    .catch(() => {})
    .then(() => publisher.publish())
    .then(look)

  return {
    async close() {
      clearInterval(timer)
      projection.off('events', heard)
      projection.off('snapshot', reread)
      breaker.off('success', contact)
      await begun
      publisher.close()
      await retire(owner, breaker.name)
      await redis.del(serverKeys.server(owner))
    },
  }
}
