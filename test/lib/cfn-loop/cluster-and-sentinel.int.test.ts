// In short, what `npm run test:full` does with all tests of the core: they pass on a Cluster of three and
// behind Sentinel too.
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { LoopConsensus } from '@/lib/cfn-loop/loop-consensus'
import { isConfigurationError, isFencedError, isSignalStateError } from '@/lib/redis/errors'
import { type CoreRedis, startCoreRedis } from '../../labs/core-redis'
import { startSentinelLab } from '../../labs/sentinel'
import { until } from '../../until'
import { expectFoldToEqualRecords } from './fold-and-records'
import { SECRET, type SignalsHarness, signalsHarness } from './signals-harness'

const namespace = 'swarm-a'

describe.each(['cluster', 'sentinel'] as const)('on a %s', (place) => {
  let server: CoreRedis
  let box: SignalsHarness

  beforeAll(async () => {
    server = await startCoreRedis({}, place)
    box = signalsHarness(server, namespace)
  })
  afterEach(async () => {
    await box.endAll()
    await server.flush()
  })
  afterAll(() => server.stop())

  it('signals to many are answered by all, each with a connection of its own', async () => {
    const own = (id: string) => box.manager(id, { redisClient: server.client() })
    const [s, one, two] = [own('s'), own('one'), own('two')]
    const signals = await box.signals()
    const send = (round: number) => signals.broadcast('s', ['one', 'two'], 'completion', round, {})
    for (let round = 0; round < 3; round++) {
      const { messageId } = await send(round)
      expect((await send(round)).isDuplicate).toBe(true)
      const waiting = s.waitForAcks(['one', 'two'], messageId, 20_000)
      await Promise.all(
        [one, two].map(async (it) => {
          const signal = await it.waitForSignal({ timeoutMs: 20_000 })
          expect(signal?.signalId).toBe(messageId)
          if (signal) await it.acknowledgeSignal(signal)
        }),
      )
      expect((await waiting).size).toBe(2)
    }
    expect(await signals.getSignalTTL('one')).toBe(-2)
    await box.endAll()
    await expectFoldToEqualRecords(box.redis, box.ns)
  })

  it('who dies is replaced once, and its replacement goes on with its work and its signals', async () => {
    const signals = await box.signals()
    const parent = box.manager('parent')
    const { work } = box.life('a', { timeoutThreshold: 300, heartbeatInterval: 3_600_000 })
    await work.store('w-1', { files: ['x.ts'] })
    const { messageId } = await signals.sendSignal('parent', 'a', 'completion', 1)
    const heard: boolean[] = []
    for (let i = 0; i < 3; i++) {
      const options = { redisClient: server.client(), checkInterval: 50, autoEscalate: true }
      const handler = box.handler(options)
      handler.on('coordinator:escalated', ({ claimed }) => heard.push(claimed))
      handler.startMonitoring()
    }
    const spawner = box.spawner(async ({ coordinatorId, claim }) => {
      const replacement = box.manager(coordinatorId, { claim, timeoutThreshold: 60_000 })
      const signal = await replacement.waitForSignal({ timeoutMs: 20_000 })
      if (signal) await replacement.acknowledgeSignal(signal)
      const [item] = await replacement.listWork()
      if (item) await replacement.completeWorkItem(item.workId)
      return {}
    })
    const running = once(spawner, 'running')
    const acks = await parent.waitForAcks(['a'], messageId, 20_000)
    expect(acks.get('a')).toMatchObject({ onBehalfOf: 'a' })
    await running
    await until(() => heard.length > 2)
    expect(heard.filter(Boolean)).toHaveLength(1)
    expect(await box.eventsOf('coordinator.escalated')).toHaveLength(1)
    expect(await box.eventsOf('work.completed')).toHaveLength(1)
    await box.endAll()
    await expectFoldToEqualRecords(box.redis, box.ns)
  })

  it('votes decide', async () => {
    const round = new LoopConsensus({
      redisClient: box.redis,
      namespace,
      swarmId: 's',
      loop: 2,
      iteration: 1,
      threshold: 0.9,
      validators: ['v-1', 'v-2'],
      policy: 'average',
    })
    await round.open()
    const waiting = round.waitForDecision(20_000)
    await round.vote({ validatorId: 'v-1', confidence: 0.85 })
    await round.vote({ validatorId: 'v-2', confidence: 0.95 })
    expect(await waiting).toMatchObject({ decision: 'proceed', average: 0.9 })
  })

  if (place === 'cluster') {
    it('the namespace without a name is refused, in words', async () => {
      const redisClient = server.client()
      const make = () =>
        new BlockingCoordinationManager({ redisClient, coordinatorId: 'one', hmacSecret: SECRET })
      expect(make).toThrow(/namespace/)
      const signals = new BlockingCoordinationSignals({ redisClient })
      await expect(signals.connect()).rejects.toSatisfy(isConfigurationError)
    })
  }
})

/** While nobody knows what came of it, the same is asked for again: it has one effect. */
async function untilConfirmed(act: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await act()
      return
    } catch (error) {
      if (isFencedError(error) || isSignalStateError(error)) throw error
    }
  }
}

describe('a failover', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('loses nothing that was accepted, and repeats no epoch; everybody goes on', async () => {
    vi.stubEnv('BLOCKING_COORDINATION_REPLICAS', '1')
    const lab = await startSentinelLab({ replicas: 2 })
    const box = signalsHarness({ client: lab.client }, namespace)
    try {
      const signals = await box.signals({ enableIdempotency: false })
      const [s, one] = [box.manager('s'), box.manager('one')]
      const accepted = await Promise.all(
        Array.from({ length: 20 }, (_, n) => signals.sendSignal('s', 'one', 'heartbeat', n)),
      )
      await one.recordActivity('before')
      const before = one.life.incarnation
      const old = await lab.primary()
      await old.kill9()
      await lab.untilFailedOver(old)

      const answered = new Set<string>()
      while (answered.size < accepted.length) {
        const signal = await one.waitForSignal({ timeoutMs: 20_000 })
        if (!signal) throw new Error(`only ${answered.size} of ${accepted.length} came`)
        await untilConfirmed(() => one.acknowledgeSignal(signal))
        answered.add(signal.signalId)
      }
      expect([...answered].sort()).toEqual(accepted.map((it) => it.messageId).sort())
      for (const { messageId } of accepted) {
        expect((await s.waitForAcks(['one'], messageId, 20_000)).size).toBe(1)
        expect(await box.targets(messageId)).toEqual({ one: 'acked' })
      }
      expect(one.life.incarnation).toEqual(before)
      const { epoch } = await box.manager('one').life.ensure()
      expect(epoch).toBeGreaterThan(before?.epoch ?? Number.POSITIVE_INFINITY)
    } finally {
      await box.endAll()
      await lab.stop()
    }
  })
})
