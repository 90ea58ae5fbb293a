import { CoordinatorLife, type CoordinatorLifeOptions } from '@/lib/cfn-loop/coordinator-life'
import { type BoxEvent, parseEventEntry } from '@/lib/protocol/events'
import { namespaceKeys } from '@/lib/redis/keys'
import type { RedisLike } from '@/lib/redis/redis-like'
import { createScriptRunner } from '@/lib/redis/run-script'
import { NAMESPACE } from '@/test/labs/core-redis'

/** A namespace of a test's own, on whatever Redis it has. */
export function testNamespace(redis: RedisLike, name: string = NAMESPACE) {
  const keys = namespaceKeys(name)
  return {
    keys,
    runner: (actor = 'system') => createScriptRunner(redis, keys, actor),
    life: (coordinatorId: string, options: Partial<CoordinatorLifeOptions> = {}) =>
      new CoordinatorLife({
        coordinatorId,
        runner: createScriptRunner(redis, keys, coordinatorId),
        ...options,
      }),
    record: (id: string) => redis.hgetall(keys.coordinator(id)),
    liveness: (id: string) => redis.hget(keys.coordinator(id), 'liveness'),
    /** All events so far; every one has to be well-formed. */
    async events(): Promise<BoxEvent[]> {
      const entries = await redis.xrange(keys.events, '-', '+')
      return entries.map(([id, [, json]]) => {
        const parsed = parseEventEntry(id, json ?? '')
        if (!parsed.ok) throw new Error(`${parsed.problem}: ${json}`)
        return parsed.event
      })
    },
    async types(): Promise<string[]> {
      return (await this.events()).map((event) => event.type)
    },
  }
}
export type TestNamespace = ReturnType<typeof testNamespace>
