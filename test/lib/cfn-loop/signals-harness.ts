import {
  BlockingCoordinationManager,
  type BlockingCoordinationManagerOptions,
} from '@/lib/cfn-loop/blocking-coordination'
import {
  BlockingCoordinationSignals,
  type BlockingCoordinationSignalsOptions,
} from '@/lib/cfn-loop/blocking-coordination-signals'
import type { CoordinatorLifeOptions } from '@/lib/cfn-loop/coordinator-life'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { DeadlineMonitor } from '@/lib/cfn-loop/deadline-monitor'
import { type EscalationRequest, escalateCoordinator } from '@/lib/cfn-loop/escalate-coordinator'
import { Spawner, type SpawnerOptions } from '@/lib/cfn-loop/spawner'
import type { CoordinatorTimeoutHandlerOptions } from '@/lib/cfn-loop/timeout/handler-options'
import { WorkItems } from '@/lib/cfn-loop/work-items'
import type { EventOf, EventType } from '@/lib/protocol/events'
import type { SignalTarget } from '@/lib/protocol/signal'
import { parseSignalRecord } from '@/lib/redis/records/signal-record'
import { type CoreRedis, NAMESPACE } from '@/test/labs/core-redis'
import { until } from '@/test/until'
import { testNamespace } from './namespace'

export const SECRET = 'the secret of these tests, long enough for all'

/** An hour, ms: a heart that is to beat when the test says so, and never by itself. */
export const NEVER = 3_600_000

/** What one monitor told its own listeners. */
interface Heard {
  timeouts: { coordinatorId: string; claimed: boolean }[]
  escalations: { deadCoordinatorId: string; newCoordinatorId: string; claimed: boolean }[]
}

/** Everybody who takes part in one namespace of one Redis, wherever that is; they all end together. */
export function signalsHarness(server: Pick<CoreRedis, 'client' | 'port'>, namespace = NAMESPACE) {
  const redis = server.client()
  const ns = testNamespace(redis, namespace)
  const open: (() => unknown)[] = []
  const monitor = (intervalMs = NEVER) =>
    new DeadlineMonitor({
      runner: ns.runner('monitor:m'),
      monitorId: 'm',
      intervalMs,
      autoCleanup: true,
    })
  return {
    redis,
    ns,
    manager(
      coordinatorId: string,
      options: Partial<BlockingCoordinationManagerOptions> = {},
    ): BlockingCoordinationManager {
      const manager = new BlockingCoordinationManager({
        redisClient: redis,
        namespace,
        coordinatorId,
        hmacSecret: SECRET,
        ...options,
      })
      open.push(() => manager.cleanup())
      return manager
    },
    async signals(
      options: BlockingCoordinationSignalsOptions = {},
    ): Promise<BlockingCoordinationSignals> {
      const signals = new BlockingCoordinationSignals({
        ...(server.port === undefined
          ? { redisClient: redis }
          : { redisHost: '127.0.0.1', redisPort: server.port }),
        namespace,
        ...options,
      })
      await signals.connect()
      open.push(() => signals.disconnect())
      return signals
    },
    handler(options: Partial<CoordinatorTimeoutHandlerOptions> = {}): CoordinatorTimeoutHandler {
      const handler = new CoordinatorTimeoutHandler({
        redisClient: redis,
        namespace,
        ...options,
      })
      open.push(() => handler.stopMonitoring())
      return handler
    },
    /** A coordinator without a manager: its heart, and the work in its hand. */
    life(coordinatorId: string, options: Partial<CoordinatorLifeOptions> = {}) {
      const life = ns.life(coordinatorId, { timeoutThreshold: 60_000, ...options })
      open.push(() => life.stop().catch(() => {}))
      return { life, work: new WorkItems(life, options.runner ?? ns.runner(coordinatorId)) }
    },
    /** Registers them, and never beats: as dead as processes that were killed. */
    async leaveBehind(ids: string[], timeoutThreshold: number) {
      const left = ids.map(
        (id) => this.life(id, { timeoutThreshold, heartbeatInterval: NEVER }).life,
      )
      await Promise.all(left.map((life) => life.ensure()))
      return left
    },
    /** Handlers that monitor, with a connection each, as in processes of their own, and what each heard. */
    async monitors(count: number, options: Partial<CoordinatorTimeoutHandlerOptions> = {}) {
      const handlers = Array.from({ length: count }, () =>
        this.handler({ redisClient: server.client(), checkInterval: 100, ...options }),
      )
      const told = handlers.map((handler) => {
        const heard: Heard = { timeouts: [], escalations: [] }
        handler.on('coordinator:timeout', (event) => heard.timeouts.push(event))
        handler.on('coordinator:escalated', (event) => heard.escalations.push(event))
        handler.startMonitoring()
        return heard
      })
      const looks = () => handlers.map((it) => it.getMetrics().totalChecks)
      /** Until each has looked that often again. */
      const untilLooked = async (times: number) => {
        const before = looks()
        await until(() => looks().every((now, i) => now >= (before[i] ?? 0) + times))
      }
      // Each listens from its first look on.
      await untilLooked(2)
      return { told, untilLooked }
    },
    /** Sweeps when it is told to. */
    monitor,
    /** One sweep, of a monitor that has just come. */
    sweep: (intervalMs?: number) => monitor(intervalMs).sweep(),
    /** As an operator does it, whether or not it lives. */
    escalate: (
      coordinatorId: string,
      more: Partial<EscalationRequest> = {},
      runner = ns.runner('operator:ann'),
    ) =>
      escalateCoordinator(runner, {
        coordinatorId,
        monitorId: 'm',
        intervalMs: 1000,
        cleanup: true,
        force: true,
        reason: 'it hangs',
        ...more,
      }),
    spawner(start: SpawnerOptions['start'], redisClient = redis): Spawner {
      const spawner = new Spawner({ redisClient, namespace, start })
      open.push(() => spawner.stop())
      spawner.start()
      return spawner
    },
    /** The events of one type so far. */
    async eventsOf<T extends EventType>(type: T): Promise<EventOf<T>[]> {
      const events = await ns.events()
      return events.filter((it) => it.type === type) as EventOf<T>[]
    },
    /** By target, what the signal's record says. */
    async targets(signalId: string): Promise<Record<string, SignalTarget['state']>> {
      const parsed = parseSignalRecord(await redis.hgetall(ns.keys.signalRecord(signalId)))
      if (!parsed.ok) throw new Error(parsed.problem)
      return Object.fromEntries(
        parsed.record.view.targets.map((it) => [it.coordinatorId, it.state]),
      )
    },
    /** What else is to end with the others. */
    onEnd(end: () => unknown): void {
      open.push(end)
    },
    async endAll(): Promise<void> {
      await Promise.all(open.splice(0).map((end) => end()))
    },
  }
}
export type SignalsHarness = ReturnType<typeof signalsHarness>
