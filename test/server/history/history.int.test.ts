import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { type BoxEvent, EVENT_FIELD } from '@/lib/protocol/events'
import { compareSequences } from '@/lib/protocol/ids'
import { type NamespaceKeys, namespaceKeys } from '@/lib/redis/keys'
import { createEventLog } from '@/lib/redis/stores/event-log'
import { createHistoryStore, type HistoryStore } from '@/lib/redis/stores/history-store'
import type { StretchAsked } from '@/lib/runtime/history'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View } from '@/lib/view/view'
import type { BoardKeeper, KeeperPace } from '@/server/history/board-keeper'
import { packBoard } from '@/server/history/board-text'
import { createHistory } from '@/server/history/create-history'
import { startKeeper } from '@/server/history/start-keeper'
import {
  anyStory,
  decided,
  escalated,
  plain,
  registered,
  START,
  story,
} from '../../lib/view/event-story'
import { startTestRedis, type TestRedis } from '../../redis'
import { startProjection } from '../projection/projection-harness'

let server: TestRedis
let redis: Redis
const closers: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await startTestRedis()
  redis = server.client()
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close().catch(() => {})
  await server.stop()
})

/** Writes a story into the log as it was told. */
async function write(keys: NamespaceKeys, events: readonly BoxEvent[]): Promise<void> {
  const all = redis.pipeline()
  for (const { seq, ...event } of events)
    all.xadd(keys.events, seq, EVENT_FIELD, JSON.stringify(event))
  await all.exec()
}

const fold = (events: readonly BoxEvent[], last?: string): View =>
  applyEvents(
    emptyView(''),
    events.filter((it) => last === undefined || compareSequences(it.seq, last) <= 0),
  )

const historyOf = (keys: NamespaceKeys) =>
  createHistory({ redis, keys, namespace: '', now: () => START + 3_600_000 })

/** The board of a moment, from what the history answers. */
async function boardAt(keys: NamespaceKeys, asked: StretchAsked) {
  const answer = await historyOf(keys).stretch(asked, { who: 'ada' })
  if (!answer.ok) return answer
  const { view, events } = answer.stretch
  return {
    ...answer,
    view: applyEvents(
      view,
      events.filter((it) => compareSequences(it.seq, asked.until) <= 0),
    ),
  }
}

/** Stores a board as whoever has the turn. */
async function keep(store: HistoryStore, seq: string, board: Buffer, useful: string) {
  await store.takeTurn('test', 60_000)
  expect(await store.store('test', seq, board, useful)).toBe(true)
}

const at = (place: number) => `${START + place * 10}-0`

describe('a moment of the past', () => {
  test('is the fold of all events up to it, wherever boards were stored', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        anyStory,
        fc.uniqueArray(fc.nat(60), { maxLength: 4 }),
        fc.nat(60),
        fc.nat(10),
        fc.nat(10),
        async (events, stored, place, lead, follow) => {
          const keys = namespaceKeys(`run-${run++}`)
          await write(keys, events)
          const store = createHistoryStore(redis, keys)
          for (const it of stored.filter((index) => index < events.length)) {
            const view = fold(events, at(it))
            await keep(store, view.seq, await packBoard(view), '0-0')
          }
          const answer = await boardAt(keys, { until: at(place), lead, follow })
          if (!answer.ok) throw new Error(answer.why)
          expect(plain(answer.view)).toEqual(plain(fold(events, at(place))))
          // What is given beside it has no gap, and is no more than was asked for.
          const beside = answer.stretch.events.map((it) => it.seq)
          const before = beside.filter((it) => compareSequences(it, at(place)) <= 0)
          expect(before.length).toBeLessThanOrEqual(lead)
          expect(beside.length - before.length).toBeLessThanOrEqual(follow)
          const first = events.findIndex((it) => it.seq === beside[0])
          expect(beside).toEqual(
            events
              .slice(Math.max(0, first))
              .slice(0, beside.length)
              .map((it) => it.seq),
          )
          expect(answer.stretch.complete).toBe(
            beside.at(-1) === events.at(-1)?.seq || place + follow >= events.length - 1,
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  test('that the log no longer reaches back to is refused, and the earliest is named', async () => {
    const keys = namespaceKeys()
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const events = story(names.map((it) => registered(it)))
    await write(keys, events)
    const store = createHistoryStore(redis, keys)
    for (const place of [1, 4]) {
      const view = fold(events, at(place))
      await keep(store, view.seq, await packBoard(view), '0-0')
    }
    // The entry under the first board goes, and the one behind it.
    await redis.xtrim(keys.events, 'MINID', at(3))
    const ask = (place: number) => boardAt(keys, { until: at(place), lead: 0, follow: 0 })
    for (const place of [0, 1, 2, 3])
      expect(await ask(place)).toEqual({ ok: false, why: 'out-of-reach', oldest: START + 40 })
    for (const place of [4, 5, 7]) {
      const answer = await ask(place)
      if (!answer.ok) throw new Error(answer.why)
      expect([...answer.view.coordinators.keys()]).toEqual(names.slice(0, place + 1))
    }
    const { oldest, reaches } = await historyOf(keys).range({ buckets: 10 })
    expect({ oldest, reaches }).toEqual({ oldest: START + 40, reaches: 'kept' })
    // The next one to be stored lets go of what is of no use any more.
    await keep(store, at(7), await packBoard(fold(events)), at(3))
    expect(await redis.zrange(keys.history, '0', '-1')).toEqual([at(4), at(7)])
    expect(await redis.exists(keys.historyBoard(at(1)))).toBe(0)
  })

  test('is told from an older board when the nearest cannot be read', async () => {
    const keys = namespaceKeys()
    const events = story([registered('a'), registered('b'), registered('c'), registered('d')])
    await write(keys, events)
    const store = createHistoryStore(redis, keys)
    await keep(store, at(0), await packBoard(fold(events, at(0))), '0-0')
    await keep(store, at(1), Buffer.from('of another version'), '0-0')
    await keep(store, at(2), await packBoard(fold(events, at(2))), '0-0')
    await redis.unlink(keys.historyBoard(at(2)))
    const answer = await boardAt(keys, { until: at(3), lead: 0, follow: 0 })
    if (!answer.ok) throw new Error(answer.why)
    expect(plain(answer.view)).toEqual(plain(fold(events)))
  })

  test('is bounded in number, bytes and time', async () => {
    const keys = namespaceKeys()
    const board = Buffer.alloc(1000, 1)
    const few = createHistoryStore(redis, keys, { count: 3, bytes: 1_000_000, ttl: 60 })
    for (let i = 1; i <= 5; i++) await keep(few, `${i}-0`, board, '0-0')
    expect(await redis.zrange(keys.history, '0', '-1')).toEqual(['3-0', '4-0', '5-0'])
    const small = createHistoryStore(redis, keys, { count: 9, bytes: 2_500, ttl: 60 })
    await keep(small, '6-0', board, '0-0')
    expect(await redis.zrange(keys.history, '0', '-1')).toEqual(['5-0', '6-0'])
    expect((await redis.keys(`${keys.prefix}history:*`)).sort()).toEqual(
      [keys.historyBoard('5-0'), keys.historyBoard('6-0')].sort(),
    )
    for (const key of [keys.history, keys.historyBoard('6-0')])
      expect(await redis.ttl(key)).toBeGreaterThan(50)
  })

  test('is stored by whoever has the turn, and by nobody whose turn is over', async () => {
    const keys = namespaceKeys()
    const store = createHistoryStore(redis, keys)
    const board = Buffer.alloc(1000, 1)
    expect(await store.takeTurn('one', 60_000)).toBe(true)
    expect(await store.takeTurn('two', 60_000)).toBe(false)
    expect(await store.store('two', '1-0', board, '0-0')).toBe(false)
    expect(await store.store('one', '1-0', board, '0-0')).toBe(true)
    // One was slow: its turn ran out, and two has it now.
    await redis.del(keys.historyTurn)
    expect(await store.store('one', '2-0', board, '2-0')).toBe(false)
    expect(await store.takeTurn('two', 60_000)).toBe(true)
    expect(await store.store('one', '2-0', board, '2-0')).toBe(false)
    expect(await redis.zrange(keys.history, '0', '-1')).toEqual(['1-0'])
    expect((await redis.keys(`${keys.prefix}history:*`)).sort()).toEqual([keys.historyBoard('1-0')])
    expect(await store.store('two', '3-0', board, '0-0')).toBe(true)
    expect(await redis.zrange(keys.history, '0', '-1')).toEqual(['1-0', '3-0'])
  })
})

describe('the time line', () => {
  test('counts what the log holds, marks what stands out, and goes on from there', async () => {
    const keys = namespaceKeys()
    const timedOut = {
      type: 'coordinator.timed_out' as const,
      entity: 'coordinator:a',
      data: {
        epoch: 7,
        lastBeat: START,
        silentMs: 5000,
        thresholdMs: 1000,
        iteration: 1,
        monitorId: 'm',
        cleaned: true,
      },
    }
    const history = historyOf(keys)
    const range = { from: START, to: START + 99, buckets: 10 }
    expect((await history.range(range)).buckets).toEqual(Array(10).fill(0))
    await write(keys, story([registered('a'), registered('b'), timedOut, escalated('a', 'c')]))
    expect(await history.range(range)).toEqual({
      oldest: START,
      reaches: 'beginning',
      from: START,
      to: START + 99,
      buckets: [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
      marks: [
        { at: START + 20, kind: 'death' },
        { at: START + 30, kind: 'escalation' },
      ],
      countedFrom: 0,
    })
    await write(keys, story([decided(), registered('z')], 4))
    const later = await history.range(range)
    expect(later.buckets).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0])
    expect(later.marks.at(-1)).toEqual({ at: START + 40, kind: 'decision' })
    // Another server begins in the middle and counts back.
    expect(await historyOf(keys).range(range)).toEqual(later)
  })
})

describe('of several servers on one Redis', () => {
  test('one stores each board, as it was, and none before its time', async () => {
    const keys = namespaceKeys()
    // So short that on a busy machine a turn may be over before the board is packed.
    const pace: KeeperPace = { events: 40, ms: 3_600_000, pauseMs: 20 }
    const keepers: BoardKeeper[] = []
    let stored = 0
    const log = pino(
      { level: 'debug' },
      {
        write: (line) => {
          if (line.includes('stored the board')) stored += 1
        },
      },
    )
    for (let i = 0; i < 3; i++) {
      const { projection, close } = await startProjection(server, keys)
      closers.push(close)
      const keeper = startKeeper({ redis: server.client(), keys, projection, log, pace })
      closers.push(() => keeper.close())
      keepers.push(keeper)
    }
    const manager = new BlockingCoordinationManager({
      redisClient: server.client(),
      coordinatorId: 'busy',
      swarmId: 'busy',
      hmacSecret: 'a secret that is longer than 32 bytes',
      heartbeatInterval: 3_600_000,
    })
    closers.push(() => manager.cleanup())
    for (let round = 1; (await redis.zcard(keys.history)) < 4; round++)
      await manager.recordActivity(`phase-${round}`, round)
    await Promise.all(keepers.map((it) => it.close()))

    const seqs = await redis.zrange(keys.history, '0', '-1')
    expect(stored).toBe(seqs.length)
    const events = (await createEventLog(redis, keys).range('-', '+', 100_000)).events
    // The first may come at once; from there on each is far enough from the one before.
    const places = seqs.map((seq) => events.findIndex((it) => it.seq === seq))
    for (const [index, place] of places.slice(1).entries())
      expect(place - (places[index] ?? 0)).toBeGreaterThanOrEqual(40)
    for (const seq of seqs) {
      const answer = await boardAt(keys, { until: seq, lead: 0, follow: 0 })
      if (!answer.ok) throw new Error(answer.why)
      expect(plain(answer.view)).toEqual(plain(fold(events, seq)))
    }
  })
})
