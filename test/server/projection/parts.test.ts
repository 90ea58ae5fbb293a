import { describe, expect, test } from 'vitest'
import { BEATS_KEPT, BeatRings } from '@/server/projection/beat-rings'
import { RateMeter } from '@/server/projection/rate-meter'
import { RecentEvents } from '@/server/projection/recent-events'
import { RedisClock } from '@/server/projection/redis-clock'
import { registered, START, story } from '../../lib/view/event-story'

describe('the latest events', () => {
  const events = story(Array.from({ length: 40 }, (_, i) => registered(`c-${i}`)))
  const seqOf = (i: number) => events[i]?.seq ?? ''
  const entries = (from: number, to: number) =>
    events.slice(from, to).map((event) => ({ seq: event.seq, event }))

  test('are those after a sequence, all or none', () => {
    const recent = new RecentEvents('0-0', 20)
    recent.add(entries(0, 25))
    expect(recent.after(seqOf(20))?.map((it) => it.seq)).toEqual(
      events.slice(21, 25).map((it) => it.seq),
    )
    expect(recent.after(seqOf(24))).toEqual([])
    expect(recent.after('0-0')).toHaveLength(25)
    recent.add(entries(25, 40))
    expect(recent.after('0-0')).toBeUndefined()
    expect(recent.after(seqOf(18))).toBeUndefined()
    expect(recent.after(seqOf(19))).toHaveLength(20)
  })

  test('of the future are none', () => {
    const recent = new RecentEvents('0-0')
    recent.add(entries(0, 5))
    expect(recent.after(seqOf(5))).toBeUndefined()
  })

  test('reach as far as what was skipped', () => {
    const recent = new RecentEvents('0-0')
    recent.add([...entries(0, 5), { seq: seqOf(6) }, { seq: seqOf(7) }])
    expect(recent.last).toBe(seqOf(7))
    expect(recent.after(seqOf(7))).toEqual([])
    expect(recent.after(seqOf(6))).toEqual([])
  })

  test('are not told to a page that knows of an entry which Redis has lost', () => {
    const recent = new RecentEvents('0-0')
    const lost = seqOf(3)
    recent.add([...entries(0, 3), ...entries(4, 8)])
    expect(recent.after(lost)).toBeUndefined()
    expect(recent.after(seqOf(2))).toHaveLength(4)
  })

  test('begin anew with a snapshot', () => {
    const recent = new RecentEvents('0-0')
    recent.add(entries(0, 40))
    recent.restart(seqOf(39))
    expect(recent.after(seqOf(38))).toBeUndefined()
    expect(recent.after(seqOf(39))).toEqual([])
  })
})

describe('the clock of Redis', () => {
  function at() {
    const host = { now: 1000 }
    return { host, clock: new RedisClock(() => host.now, START) }
  }

  test('goes on by the monotonic clock between two answers', () => {
    const { host, clock } = at()
    host.now += 4
    clock.observe(START + 500, host.now - 4)
    host.now += 250
    expect(clock.now()).toBe(START + 500 + 2 + 250)
  })

  test('keeps a good answer rather than one that was long on its way', () => {
    const { host, clock } = at()
    host.now += 2
    clock.observe(START, host.now - 2)
    host.now += 100
    clock.observe(START + 20, host.now - 80)
    expect(clock.now()).toBe(START + 1 + 100)
  })

  test('follows a clock that jumped', () => {
    const { host, clock } = at()
    clock.observe(START, host.now)
    host.now += 1000
    clock.observe(START + 3_600_000, host.now - 10)
    expect(clock.now()).toBe(START + 3_600_005)
  })
})

describe('beats', () => {
  test('are kept in order, each once, the last ones', () => {
    const rings = new BeatRings()
    for (let i = 0; i < BEATS_KEPT + 10; i++) expect(rings.add('a', START + i * 1000)).toBe(true)
    expect(rings.add('a', START)).toBe(false)
    expect(rings.of('a')).toHaveLength(BEATS_KEPT)
    expect(rings.of('a', 2)).toEqual([
      START + (BEATS_KEPT + 8) * 1000,
      START + (BEATS_KEPT + 9) * 1000,
    ])
    expect(rings.strip('a')).toEqual(Array.from({ length: 28 }, () => 10))
    expect(rings.of('nobody')).toEqual([])
  })

  test('of those who are gone are forgotten', () => {
    const rings = new BeatRings()
    rings.add('a', START)
    rings.add('b', START)
    rings.keepOnly((id) => id === 'b')
    expect([...rings.ids()]).toEqual(['b'])
  })
})

test('a rate is of the last seconds, and falls to nothing', () => {
  const clock = { now: 0 }
  const meter = new RateMeter(() => clock.now)
  for (let second = 0; second < 20; second++) {
    clock.now = second * 1000
    meter.add(50)
  }
  expect(meter.perSecond()).toBe(50)
  clock.now += 5000
  expect(meter.perSecond()).toBe(25)
  clock.now += 60_000
  expect(meter.perSecond()).toBe(0)
})
