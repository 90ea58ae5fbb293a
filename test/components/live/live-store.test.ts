import { beforeEach, describe, expect, it } from 'vitest'
import { LiveStore, RECENT_EVENTS } from '@/components/live/live-store'
import { STRIP_SLOTS } from '@/lib/protocol/frames'
import { coordinator, forgotten, patch, phaseChanged, seq, snapshot, status, T0 } from './frames'

let store: LiveStore
beforeEach(() => {
  store = new LiveStore()
})

const phaseOf = (id: string) => store.getView().coordinators.get(id)?.phase

describe('snapshot and patch', () => {
  it('is not loaded before a snapshot, and takes no patch before one', () => {
    expect(store.isLoaded()).toBe(false)
    expect(store.getLastSeq()).toBeUndefined()
    expect(store.onPatch(patch(0, 1, []))).toBe('gap')
    expect(store.isLoaded()).toBe(false)
  })

  it('folds a patch that follows, and answers where it stands', () => {
    store.onSnapshot(snapshot(1, [coordinator('lead')]))
    expect(store.onPatch(patch(1, 2, [phaseChanged(2, 'lead', 'loop-3')]))).toBe('applied')
    expect(phaseOf('lead')).toBe('loop-3')
    expect(store.getLastSeq()).toBe(seq(2))
  })

  it('leaves out what it has already', () => {
    store.onSnapshot(snapshot(5, [coordinator('lead', { phase: 'now' })]))
    expect(store.onPatch(patch(3, 4, [phaseChanged(4, 'lead', 'before')]))).toBe('old')
    expect(phaseOf('lead')).toBe('now')
  })

  it('applies nothing over a gap', () => {
    store.onSnapshot(snapshot(1, [coordinator('lead', { phase: 'first' })]))
    expect(store.onPatch(patch(2, 3, [phaseChanged(3, 'lead', 'third')]))).toBe('gap')
    expect(phaseOf('lead')).toBe('first')
    expect(store.getLastSeq()).toBe(seq(1))
  })

  it('moves on with a patch that holds nothing it knows', () => {
    store.onSnapshot(snapshot(1, []))
    expect(store.onPatch(patch(1, 4, []))).toBe('applied')
    expect(store.getLastSeq()).toBe(seq(4))
    expect(store.onPatch(patch(4, 5, []))).toBe('applied')
  })

  it('tells every event once, and keeps only the latest', () => {
    const heard: string[] = []
    store.onEvents((events) => heard.push(...events.map((it) => it.seq)))
    store.onSnapshot(snapshot(0, [coordinator('lead')]))
    for (let n = 1; n <= RECENT_EVENTS + 20; n++)
      store.onPatch(patch(n - 1, n, [phaseChanged(n, 'lead', `phase ${n}`)]))
    store.onPatch(patch(0, 1, [phaseChanged(1, 'lead', 'again')]))
    expect(heard).toHaveLength(RECENT_EVENTS + 20)
    expect(store.getRecent()).toHaveLength(RECENT_EVENTS)
    expect(store.getRecent().at(-1)?.seq).toBe(seq(RECENT_EVENTS + 20))
  })

  it('notifies once for all that came before the repaint', () => {
    const queue: (() => void)[] = []
    const lazy = new LiveStore((run) => queue.push(run))
    let count = 0
    lazy.subscribe(() => {
      count += 1
    })
    lazy.onSnapshot(snapshot(0, []))
    lazy.onPatch(patch(0, 1, []))
    lazy.onPatch(patch(1, 2, []))
    expect(count).toBe(0)
    for (const run of queue.splice(0)) run()
    expect(count).toBe(1)
    lazy.onPatch(patch(2, 3, []))
    for (const run of queue.splice(0)) run()
    expect(count).toBe(2)
  })
})

describe('beats', () => {
  beforeEach(() => store.onSnapshot(snapshot(0, [coordinator('lead'), coordinator('impl')])))

  it('knows the freshest beat, whether a record or a frame told it', () => {
    expect(store.lastBeatOf('lead')).toBe(T0)
    store.onBeats({ at: T0 + 5_000, ids: ['lead'], ages: [1_000] })
    expect(store.lastBeatOf('lead')).toBe(T0 + 4_000)
    expect(store.lastBeatOf('impl')).toBe(T0)
    expect(store.lastBeatOf('nobody')).toBeUndefined()
  })

  it('lengthens a strip by the gap, and keeps it as long as it is drawn', () => {
    store.onStrips({ ids: ['lead'], lastBeats: [T0], strips: [[10, 10]] })
    store.onBeats({ at: T0 + 2_300, ids: ['lead'], ages: [0] })
    expect(store.stripOf('lead')).toEqual([10, 10, 23])
    for (let n = 0; n < 60; n++)
      store.onBeats({ at: T0 + 3_300 + n * 1_000, ids: ['lead'], ages: [0] })
    expect(store.stripOf('lead')).toHaveLength(STRIP_SLOTS)
    expect(store.stripOf('lead').at(-1)).toBe(10)
  })

  it('does not count the same beat twice, nor one out of order', () => {
    store.onStrips({ ids: ['lead'], lastBeats: [T0], strips: [[]] })
    store.onBeats({ at: T0 + 2_000, ids: ['lead'], ages: [0] })
    store.onBeats({ at: T0 + 2_500, ids: ['lead'], ages: [500] })
    store.onBeats({ at: T0 + 2_600, ids: ['lead'], ages: [1_600] })
    expect(store.stripOf('lead')).toEqual([20])
    expect(store.lastBeatOf('lead')).toBe(T0 + 2_000)
  })

  it('takes no gap from a record, which is as old as its last event', () => {
    store.onBeats({ at: T0 + 120_000, ids: ['lead'], ages: [0] })
    expect(store.stripOf('lead')).toEqual([])
    store.onBeats({ at: T0 + 121_000, ids: ['lead'], ages: [0] })
    expect(store.stripOf('lead')).toEqual([10])
  })

  it('knows from a strip when the last beat was, unless it knows of a later one', () => {
    store.onStrips({ ids: ['lead'], lastBeats: [T0 + 3_000], strips: [[10, 11]] })
    expect(store.lastBeatOf('lead')).toBe(T0 + 3_000)
    store.onBeats({ at: T0 + 4_000, ids: ['lead'], ages: [0] })
    store.onStrips({ ids: ['lead'], lastBeats: [T0 + 3_000], strips: [[10, 11]] })
    expect(store.lastBeatOf('lead')).toBe(T0 + 4_000)
    expect(store.stripOf('lead')).toEqual([10, 11, 10])
  })

  it('keeps what it saw before in front of what a server knows that began later', () => {
    store.onStrips({ ids: ['lead'], lastBeats: [T0 + 2_000], strips: [[10, 10]] })
    store.onStrips({ ids: ['lead'], lastBeats: [T0 + 8_000], strips: [[11, 12]] })
    // 2.0 s … 5.7 s, and from there what the new one has seen itself.
    expect(store.stripOf('lead')).toEqual([10, 10, -37, 11, 12])
    store.onStrips({ ids: ['lead'], lastBeats: [T0 + 9_000], strips: [[10, 10, 37, 11, 12, 10]] })
    expect(store.stripOf('lead')).toEqual([10, 10, 37, 11, 12, 10])
  })

  it('forgets the beats of who left the board', () => {
    store.onBeats({ at: T0 + 2_000, ids: ['lead', 'impl'], ages: [0, 0] })
    store.onPatch(patch(0, 1, [forgotten(1, 'lead')]))
    expect(store.lastBeatOf('lead')).toBeUndefined()
    expect(store.stripOf('lead')).toEqual([])
    expect(store.lastBeatOf('impl')).toBe(T0 + 2_000)
  })

  it('adds the beats of a watched one to those that it has', () => {
    store.onDetail({ coordinatorId: 'lead', beats: [T0, T0 + 1_000] })
    store.onDetail({ coordinatorId: 'lead', beats: [T0 + 1_000, T0 + 2_000] })
    expect(store.getDetail('lead')).toEqual([T0, T0 + 1_000, T0 + 2_000])
    store.forgetDetail('lead')
    expect(store.getDetail('lead')).toBeUndefined()
  })

  it('takes no silence from a time in which neither this page nor its server looked', () => {
    store.onDetail({ coordinatorId: 'lead', beats: [T0, T0 + 1_000] })
    // A server that has just started knows but the latest.
    store.onDetail({ coordinatorId: 'lead', beats: [T0 + 60_000] })
    store.onDetail({ coordinatorId: 'lead', beats: [T0 + 60_000, T0 + 61_000] })
    expect(store.getDetail('lead')).toEqual([T0 + 60_000, T0 + 61_000])
  })
})

describe('a board that comes whole once more', () => {
  it('says so, since what happened in between is not told', () => {
    let times = 0
    const stop = store.onAnew(() => times++)
    store.onSnapshot(snapshot(0, []))
    expect(times).toBe(0)
    store.onSnapshot(snapshot(9, []))
    expect(times).toBe(1)
    stop()
    store.onSnapshot(snapshot(10, []))
    expect(times).toBe(1)
  })
})

describe('the link', () => {
  it('connects, lives, is lost, and says since when', () => {
    expect(store.getLink()).toEqual({ state: 'connecting' })
    store.onSnapshot(snapshot(0, []))
    store.onLive()
    expect(store.getLink()).toEqual({ state: 'live' })
    store.onLost(T0 + 10, T0 + 500)
    store.onLost(T0 + 600, T0 + 1_500)
    expect(store.getLink()).toEqual({
      state: 'stale',
      reason: 'socket',
      since: T0 + 10,
      nextTryAt: T0 + 1_500,
    })
  })

  it('tells how old the board is when a page that gave its link back finds no server', () => {
    store.onSnapshot(snapshot(0, []))
    store.onLive()
    store.onLeft(T0 + 10)
    expect(store.getLink()).toEqual({ state: 'connecting', since: T0 + 10 })
    store.onLost(T0 + 3_600_000, T0 + 3_600_500)
    expect(store.getLink()).toMatchObject({ state: 'stale', reason: 'socket', since: T0 + 10 })
    store.onLeft(T0 + 3_700_000)
    expect(store.getLink()).toMatchObject({ state: 'stale', since: T0 + 10 })
  })

  it('was stale before the server went, if that had lost Redis', () => {
    store.onSnapshot(snapshot(0, []))
    store.onStatus(status('down', T0 + 5))
    store.onLost(T0 + 60_000, T0 + 60_500)
    expect(store.getLink()).toMatchObject({ state: 'stale', reason: 'socket', since: T0 + 5 })
  })

  it('is stale while the server cannot reach Redis, though frames come', () => {
    store.onSnapshot(snapshot(0, []))
    store.onStatus(status('down', T0 + 5))
    store.onLive()
    expect(store.getLink()).toMatchObject({ state: 'stale', reason: 'redis', since: T0 + 5 })
    store.onStatus(status('up'))
    expect(store.getLink()).toEqual({ state: 'live' })
  })

  it('is not live before the board came, though the server is there again and has Redis', () => {
    store.onSnapshot(snapshot(0, []))
    store.onLive()
    store.onLost(T0 + 10, T0 + 500)
    store.onStatus(status('up'))
    expect(store.getLink()).toEqual({ state: 'connecting', since: T0 + 10 })
    store.onPatch(patch(0, 1, []))
    store.onLive()
    expect(store.getLink()).toEqual({ state: 'live' })
  })

  it('is not live either when a page that left while Redis was lost comes back', () => {
    store.onSnapshot(snapshot(0, []))
    store.onLive()
    store.onStatus(status('down', T0 + 5))
    store.onLeft(T0 + 20)
    store.onStatus(status('up'))
    expect(store.getLink()).toEqual({ state: 'connecting', since: T0 + 5 })
  })

  it('keeps the board while it is stale', () => {
    store.onSnapshot(snapshot(0, [coordinator('lead')]))
    store.onLost(T0, T0 + 1)
    expect(store.getView().coordinators.size).toBe(1)
    expect(store.getLastSeq()).toBe(seq(0))
  })
})
