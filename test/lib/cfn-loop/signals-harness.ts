import {
  BlockingCoordinationManager,
  type BlockingCoordinationManagerOptions,
} from '@/lib/cfn-loop/blocking-coordination'
import {
  BlockingCoordinationSignals,
  type BlockingCoordinationSignalsOptions,
} from '@/lib/cfn-loop/blocking-coordination-signals'
import type { EventOf, EventType } from '@/lib/protocol/events'
import type { SignalTarget } from '@/lib/protocol/signal'
import { parseSignalRecord } from '@/lib/redis/records/signal-record'
import type { TestRedis } from '../../redis'
import { testNamespace } from './namespace'

export const SECRET = 'the secret of these tests, long enough for all'

/** Managers and senders on one Redis, which all end together. */
export function signalsHarness(server: TestRedis) {
  const redis = server.client()
  const open: { end(): Promise<void> }[] = []
  return {
    redis,
    ns: testNamespace(redis),
    manager(
      coordinatorId: string,
      options: Partial<BlockingCoordinationManagerOptions> = {},
    ): BlockingCoordinationManager {
      const manager = new BlockingCoordinationManager({
        redisClient: redis,
        coordinatorId,
        hmacSecret: SECRET,
        ...options,
      })
      open.push({ end: () => manager.cleanup() })
      return manager
    },
    async signals(
      options: BlockingCoordinationSignalsOptions = {},
    ): Promise<BlockingCoordinationSignals> {
      const { port } = server
      const signals = new BlockingCoordinationSignals({
        redisHost: '127.0.0.1',
        redisPort: port,
        ...options,
      })
      await signals.connect()
      open.push({ end: () => signals.disconnect() })
      return signals
    },
    /** The events of one type so far. */
    async eventsOf<T extends EventType>(type: T): Promise<EventOf<T>[]> {
      const events = await testNamespace(redis).events()
      return events.filter((it) => it.type === type) as EventOf<T>[]
    },
    /** By target, what the signal's record says. */
    async targets(signalId: string): Promise<Record<string, SignalTarget['state']>> {
      const parsed = parseSignalRecord(
        await redis.hgetall(testNamespace(redis).keys.signalRecord(signalId)),
      )
      if (!parsed.ok) throw new Error(parsed.problem)
      return Object.fromEntries(
        parsed.record.view.targets.map((it) => [it.coordinatorId, it.state]),
      )
    },
    async endAll(): Promise<void> {
      await Promise.all(open.splice(0).map((it) => it.end()))
    },
  }
}
export type SignalsHarness = ReturnType<typeof signalsHarness>
