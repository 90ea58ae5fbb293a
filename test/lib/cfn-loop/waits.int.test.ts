import { describe, expect, it, vi } from 'vitest'
import type { AnySignalType } from '@/lib/protocol/signal'
import { isNotConnectedError } from '@/lib/redis/errors'
import { itAlone, itRestarts, startCoreRedis } from '../../labs/core-redis'
import { until } from '../../until'
import { boxOfThisFile } from './box-of-this-file'
import { signalsHarness } from './signals-harness'

const { server, box } = await boxOfThisFile()

const subscribers = async () => {
  const lists = await server.each((it) => it.client('LIST', 'TYPE', 'PUBSUB'))
  const lines = lists.flatMap((list) => String(list).split('\n'))
  return lines.filter((line) => line.includes('name=signalbox-hints')).length
}
const aborted = () => AbortSignal.abort(new Error('enough'))

describe('a wait', () => {
  it('answers 0 at once, and refuses what is no time', async () => {
    const one = box.manager('one')
    expect(await one.waitForSignal({ timeoutMs: 0 })).toBeNull()
    expect(await one.waitForAcks(['two'], 'signal-1', 0)).toEqual(new Map())
    expect(await one.waitForAcks([], 'signal-1')).toEqual(new Map())
    await expect(one.waitForSignal({ timeoutMs: Number.NaN })).rejects.toThrow(/timeoutMs/)
    await expect(one.waitForAcks(['two'], 'signal-1', -1)).rejects.toThrow(/timeoutMs/)
    await expect(one.waitForAcks(['t w o'], 'signal-1')).rejects.toThrow(/coordinatorIds/)
    await expect(one.waitForAcks(['two'], 'a:b:c:d:e:f')).rejects.toThrow(/signalId/)
    expect(await subscribers()).toBe(0)
  })

  it('does not end early, however long it may last', async () => {
    const signals = await box.signals()
    const one = box.manager('one')
    let ended = 0
    const warnings: string[] = []
    const warn = (warning: Error) => warnings.push(warning.name)
    process.on('warning', warn)
    const waits = [1e12, Number.MAX_VALUE, Number.POSITIVE_INFINITY, 2 ** 31].map((timeoutMs) =>
      one.waitForSignal({ timeoutMs }).finally(() => {
        ended += 1
      }),
    )
    // Longer than the wait is shown after, and an overflowing timer would have fired.
    await until(async () => (await box.eventsOf('coordinator.blocked')).length === 4)
    expect(ended).toBe(0)
    for (let n = 0; n < 4; n++) await signals.sendSignal('s', 'one', 'completion', n)
    const given = await Promise.all(waits)
    expect(given.map((it) => it?.iteration)).toEqual([0, 1, 2, 3])
    process.off('warning', warn)
    expect(warnings).not.toContain('TimeoutOverflowWarning')
  })

  it('ends with an AbortSignal, by its reason', async () => {
    const one = box.manager('one')
    await expect(one.waitForSignal({ timeoutMs: 1000, signal: aborted() })).rejects.toThrow(
      'enough',
    )
    const abort = new AbortController()
    const waits = [
      one.waitForSignal({ timeoutMs: 60_000, signal: abort.signal }),
      one.waitForAcks(['two'], 'signal-1', 60_000, { signal: abort.signal }),
    ]
    const ends = Promise.allSettled(waits)
    await until(async () => (await box.eventsOf('coordinator.blocked')).length === 2)
    abort.abort(new Error('enough'))
    expect((await ends).map((it) => it.status)).toEqual(['rejected', 'rejected'])
    await until(async () => (await box.eventsOf('coordinator.unblocked')).length === 2)
    const outcomes = (await box.eventsOf('coordinator.unblocked')).map((it) => it.data.outcome)
    expect(outcomes).toEqual(['aborted', 'aborted'])
  })

  it('ends with what came when the coordinator leaves, and none begins after', async () => {
    const one = box.manager('one')
    const waits = Promise.all([
      one.waitForSignal({ timeoutMs: 60_000 }),
      one.waitForAcks(['two'], 'signal-1', 60_000),
    ])
    await until(async () => (await box.eventsOf('coordinator.blocked')).length === 2)
    await one.cleanup()
    expect(await waits).toEqual([null, new Map()])
    await expect(one.waitForSignal({ timeoutMs: 1 })).rejects.toSatisfy(isNotConnectedError)
    await expect(one.recordActivity()).rejects.toSatisfy(isNotConnectedError)
    const types = await box.ns.types()
    expect(types.lastIndexOf('coordinator.unblocked')).toBeLessThan(
      types.indexOf('coordinator.stopped'),
    )
  })

  it('for ACKs ends with what came when its signal is cancelled, or has expired', async () => {
    const signals = await box.signals()
    const [a, b] = [box.manager('a'), box.manager('b')]
    const lead = box.manager('lead')
    const other = box.manager('other')
    const send = async () => (await signals.broadcast('lead', ['a', 'b'], 'error', 1)).messageId
    const both = ['a', 'b']

    const first = await send()
    const waits = [lead, other].map((it) => it.waitForAcks(both, first, 60_000))
    await until(async () => (await box.eventsOf('coordinator.blocked')).length === 2)
    const given = await a.waitForSignal({ timeoutMs: 5000 })
    if (given) await a.acknowledgeSignal(given)
    expect(await signals.cancelSignal(first)).toBe(true)
    for (const acks of await Promise.all(waits)) expect([...acks.keys()]).toEqual(['a'])

    // One of them is taken out of its inbox; the other is waited for.
    const second = await send()
    const waiting = lead.waitForAcks(both, second, 60_000)
    await signals.deleteSignal('a', second)
    const seen = await b.waitForSignal({ timeoutMs: 5000 })
    if (seen) await b.acknowledgeSignal(seen)
    expect([...(await waiting).keys()]).toEqual(['b'])

    // Cancelled between sending and waiting, and waited for long after.
    const third = await send()
    await signals.cancelSignal(third)
    expect(await lead.waitForAcks(both, third, 60_000)).toEqual(new Map())

    const short = await box.signals({ signalTTL: 1 })
    const { messageId } = await short.sendSignal('lead', 'a', 'error', 4)
    const expiring = lead.waitForAcks(['a', 'nobody'], messageId, 60_000)
    const alone = lead.waitForAcks(['a'], messageId, 60_000)
    box.handler({ checkInterval: 100 }).startMonitoring()
    expect(await alone).toEqual(new Map())
    // Whom the signal never was for may still come.
    await lead.cleanup()
    expect(await expiring).toEqual(new Map())
  })

  it('keeps beating the heart', async () => {
    const one = box.manager('one', { timeoutThreshold: 400 })
    const waiting = one.waitForSignal({ timeoutMs: 60_000 })
    await until(async () => (await box.eventsOf('coordinator.blocked')).length === 1)
    const before = Number((await box.ns.record('one')).lastBeat)
    await until(async () => Number((await box.ns.record('one')).lastBeat) > before + 100)
    await one.stop()
    expect(await waiting).toBeNull()
  })

  it('of a thousand in one process takes one subscriber connection, which goes with the last', async () => {
    const signals = await box.signals()
    const many = Array.from({ length: 500 }, (_, n) => box.manager(`m-${n}`))
    const parent = box.manager('parent')
    expect(await subscribers()).toBe(0)
    const inboxes = many.map((it) => it.waitForSignal({ timeoutMs: 60_000 }))
    const acks = many.map((it) =>
      parent.waitForAcks([it.coordinatorId], `signal-${it.coordinatorId}`, 60_000),
    )
    await until(async () => (await subscribers()) > 0)
    const ids = many.map((it) => it.coordinatorId)
    await signals.broadcast('parent', ids, 'status_update', 1)
    const given = await Promise.all(inboxes)
    expect(given.filter((it) => it === null)).toEqual([])
    expect(await subscribers()).toBe(1)
    await Promise.all(
      many.map((it) =>
        it.acknowledgeSignal({
          signalId: `signal-${it.coordinatorId}`,
          source: 'parent',
          targets: [it.coordinatorId],
          type: 'completion',
          timestamp: 1,
        }),
      ),
    )
    expect((await Promise.all(acks)).map((it) => it.size)).toEqual(many.map(() => 1))
    expect(await subscribers()).toBe(1)
    await box.endAll()
    await until(async () => (await subscribers()) === 0)
  })

  itAlone('needs no hint: one that is lost only costs time', async () => {
    // This one may not subscribe to anything.
    await box.redis.call(
      'ACL',
      'SETUSER',
      'deaf',
      'on',
      '>pw',
      '~*',
      'resetchannels',
      '+@all',
      '-subscribe',
    )
    const redis = server.client({ username: 'deaf', password: 'pw' })
    const signals = await box.signals()
    const one = box.manager('one', { redisClient: redis })
    const two = box.manager('two', { redisClient: redis })
    // Publishing inside of scripts needs the channel.
    await box.redis.call('ACL', 'SETUSER', 'deaf', 'allchannels')
    const waiting = one.waitForSignal({ timeoutMs: 60_000 })
    await until(async () => (await box.eventsOf('coordinator.blocked')).length === 1)
    expect(await subscribers()).toBe(0)
    const { messageId } = await signals.sendSignal('two', 'one', 'completion', 1)
    const acks = two.waitForAcks(['one'], messageId, 60_000)
    const signal = await waiting
    expect(signal?.signalId).toBe(messageId)
    if (signal) await one.acknowledgeSignal(signal)
    expect((await acks).size).toBe(1)
  })

  itRestarts('survives that Redis ends and comes back, and looks again', async () => {
    const own = await startCoreRedis({ appendOnly: true, appendFsync: 'always' })
    const there = signalsHarness(own)
    try {
      const one = there.manager('one')
      const waiting = one.waitForSignal({ timeoutMs: 60_000 })
      await until(async () => (await there.eventsOf('coordinator.blocked')).length === 1)
      await own.shutdown()
      await own.restart()
      const signals = await there.signals()
      await signals.sendSignal('s', 'one', 'completion', 1)
      expect((await waiting)?.iteration).toBe(1)
    } finally {
      await there.endAll()
      await own.stop()
    }
  })

  itRestarts('that cannot reach Redis still ends at its timeout', async () => {
    const own = await startCoreRedis()
    const there = signalsHarness(own)
    try {
      const one = there.manager('one')
      await one.recordActivity()
      own.pause()
      const ends = await Promise.all([
        one.waitForSignal({ timeoutMs: 100 }),
        one.waitForAcks(['two'], 'signal-1', 100),
        one.waitForSignal({ timeoutMs: 0 }),
      ])
      expect(ends).toEqual([null, new Map(), null])
      // They did not wait for calls to fail: none has yet.
      expect(one.breaker.getStatistics().failed).toBe(0)
    } finally {
      own.resume()
      await there.endAll()
      await own.stop()
    }
  })
})

describe('the next signal', () => {
  const send = async (types: AnySignalType[]) => {
    const signals = await box.signals()
    for (const [n, type] of types.entries()) await signals.sendSignal('s', 'one', type, n)
    return signals
  }
  const next = (it: ReturnType<typeof box.manager>, types?: AnySignalType[]) =>
    it.waitForSignal({ timeoutMs: 5000, ...(types ? { types } : {}) })

  it('is the oldest of the types that are asked for; the others stay', async () => {
    await send(['heartbeat', 'error', 'completion', 'error'])
    const one = box.manager('one')
    expect((await next(one, ['error']))?.iteration).toBe(1)
    expect((await next(one, ['completion', 'error']))?.iteration).toBe(2)
    expect((await next(one))?.iteration).toBe(0)
    // @ts-expect-error a caller without types
    await expect(next(one, ['shout'])).rejects.toThrow(/types/)
  })

  it('is found behind many of other types', async () => {
    const signals = await send([])
    for (let n = 0; n < 200; n++) await signals.sendSignal('s', 'one', 'heartbeat', n)
    await signals.sendSignal('s', 'one', 'error', 7)
    expect((await next(box.manager('one'), ['error']))?.iteration).toBe(7)
  })

  it('is another for each of those who wait at the same time', async () => {
    const one = box.manager('one')
    const waits = Array.from({ length: 5 }, () => next(one))
    await send(['error', 'error', 'error', 'error', 'error'])
    const given = (await Promise.all(waits)).map((it) => it?.iteration)
    expect(given).toEqual([0, 1, 2, 3, 4])
  })

  it('comes again until it is acknowledged: to the same process, and after a crash to the next', async () => {
    await send(['error', 'error'])
    const one = box.manager('one')
    expect((await next(one))?.iteration).toBe(0)
    expect((await next(one))?.iteration).toBe(1)
    expect((await next(one))?.iteration).toBe(0)
    // As if it had crashed: another process takes the id.
    const again = box.manager('one')
    const first = await next(again)
    expect(first?.iteration).toBe(0)
    if (first) await again.acknowledgeSignal(first)
    const second = await next(again)
    expect(second?.iteration).toBe(1)
    if (second) await again.acknowledgeSignal(second)
    expect(await again.waitForSignal({ timeoutMs: 0 })).toBeNull()
  })

  it('is not taken from a loop that works on it by another that waits beside it', async () => {
    const one = box.manager('one')
    const beside = next(one)
    // Longer than a signal that nobody works on takes to come again.
    const working = one.waitForSignal({ timeoutMs: 600 })
    await send(['error'])
    const signal = await beside
    expect(signal?.iteration).toBe(0)
    expect(await working).toBeNull()
    if (signal) await one.acknowledgeSignal(signal)
  })

  it('is none that was cancelled, though it was read before', async () => {
    const signals = await send(['error', 'error', 'error'])
    const one = box.manager('one')
    expect((await next(one))?.iteration).toBe(0)
    const [, second] = await signals.listPending('one')
    if (second) await signals.cancelSignal(second.signalId)
    expect((await next(one))?.iteration).toBe(2)
  })

  it('is known from its hint, though nobody waited when that came; not if it was withdrawn since', async () => {
    const signals = await box.signals()
    const one = box.manager('one')
    const two = box.manager('two')
    let iteration = 0
    // Both hear on one connection: what was told before is known when this has come.
    const heard = async () => {
      const given = two.waitForSignal({ timeoutMs: 60_000 })
      await signals.sendSignal('s', 'two', 'completion', iteration++)
      const signal = await given
      if (signal) await two.acknowledgeSignal(signal)
    }
    const first = one.waitForSignal({ timeoutMs: 60_000 })
    await heard()
    await signals.sendSignal('s', 'one', 'status_update', 1)
    expect((await first)?.iteration).toBe(1)

    const reads = vi.spyOn(one.runner, 'run')
    const sent = []
    for (const n of [2, 3, 4]) sent.push(await signals.sendSignal('s', 'one', 'status_update', n))
    await signals.cancelSignal(sent[1]?.messageId ?? '')
    await heard()
    expect((await one.waitForSignal({ timeoutMs: 60_000 }))?.iteration).toBe(2)
    expect((await one.waitForSignal({ timeoutMs: 60_000 }))?.iteration).toBe(4)
    expect(reads).not.toHaveBeenCalled()
  })

  it('comes again at once to who forgot what was given', async () => {
    await send(['error'])
    const one = box.manager('one')
    await next(one)
    one.clearProcessedSignals()
    expect((await one.waitForSignal({ timeoutMs: 0 }))?.iteration).toBe(0)
  })
})
