import { describe, expect, test } from 'vitest'
import { attentionOf, entryNamed } from '@/lib/view/attention'
import { entryId } from '@/lib/view/attention-entry'
import { sentenceText } from '@/lib/view/sentence'
import {
  breaker,
  coordinator,
  dead,
  decided,
  moment,
  NOW,
  type Parts,
  round,
  signal,
  target,
  wait,
} from './board-builder'

const attention = (parts: Parts) => attentionOf(moment(parts))
const ids = (parts: Parts) => attention(parts).map((it) => it.id)
const late = (id: string, with_ = {}) =>
  coordinator(id, {
    liveness: 'stale',
    lastBeat: NOW - 77_000,
    livenessSince: NOW - 17_000,
    ...with_,
  })

describe('attention', () => {
  test('a healthy board needs none', () => {
    expect(
      attention({
        coordinators: [coordinator('a'), coordinator('b', { waits: [wait(['a'])] })],
        breakers: [breaker('a', 'redis')],
        consensus: [decided(round(2, 1, { a: 0.95, b: 0.95 }), 'proceed')],
      }),
    ).toEqual([])
  })

  test('a dead one says why, and offers the escalation', () => {
    const [entry] = attention({ coordinators: [dead('impl', { workItems: 3 })] })
    expect(entry).toMatchObject({
      id: 'dead:impl',
      status: 'dead',
      title: 'impl is dead',
      since: NOW - 31_000,
      actions: [
        { kind: 'escalate', coordinatorId: 'impl' },
        { kind: 'open-coordinator', coordinatorId: 'impl' },
      ],
      handling: { state: 'open' },
    })
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      'No heartbeat for 2 min 31 s (threshold 2 min). 3 work items wait.',
    )
  })

  test('a late one says when it dies', () => {
    const [entry] = attention({ coordinators: [late('impl')] })
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      'Last beat 77 s ago. Dies in 44 s unless it beats.',
    )
  })

  test('a replacement that never came can be escalated again, until it was', () => {
    const failed = coordinator('impl2', { liveness: 'failed', replaces: 'impl' })
    const [entry] = attention({ coordinators: [failed] })
    expect(entry).toMatchObject({ id: 'failed:impl2', title: 'impl2 never came' })
    expect(entry?.actions[0]?.kind).toBe('escalate')
    expect(ids({ coordinators: [{ ...failed, replacedBy: 'impl3' }] })).toEqual([])
  })

  test('a deadlock is one entry, with its first timeout', () => {
    const [entry, ...rest] = attention({
      coordinators: [
        coordinator('b', { waits: [wait(['a'])] }),
        coordinator('a', { waits: [wait(['b'])] }),
      ],
    })
    expect(rest).toEqual([])
    expect(entry).toMatchObject({ id: 'deadlock:a,b', title: 'Deadlock in billing', room: 'waits' })
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      'a waits for b, which waits for it. First timeout in 4 min.',
    )
  })

  test('the breaker of one who died is no trouble beside that death', () => {
    const entries = attention({
      coordinators: [coordinator('a', { liveness: 'dead' }), coordinator('b')],
      breakers: ['a', 'b'].map((owner) => breaker(owner, owner, { state: 'open' })),
    })
    expect(entries.map((it) => it.id)).toEqual(['dead:a', 'breaker:b'])
  })

  test('the same breaker open in many places is one entry', () => {
    const open = ['a', 'b', 'c', 'd'].map((owner) =>
      breaker(owner, 'redis', { state: 'open', retryAt: NOW + 12_000, lastError: 'ECONNREFUSED' }),
    )
    const entries = attention({ breakers: [...open, breaker('a', 'llm', { state: 'half-open' })] })
    expect(entries.map((it) => it.id)).toEqual(['breaker:llm', 'breaker:redis'])
    expect(sentenceText(entries[1]?.sentence ?? [])).toBe(
      'At a, b and 2 more: ECONNREFUSED. First probe in 12 s.',
    )
  })

  test('ACKs that did not hold are told per coordinator', () => {
    const [entry] = attention({
      signals: [
        signal('s:1', [target('a', 'pending', { rejected: 2, verdict: 'forged' })]),
        signal('s:2', [target('a', 'acked', { rejected: 1, verdict: 'valid' })]),
      ],
    })
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      '3 ACKs of 2 signals did not hold (forged). The true ones may still come.',
    )
  })

  test('what ran out unanswered is told for ten minutes', () => {
    const old = (deadline: number) => [signal('s:1', [target('a', 'expired')], { deadline })]
    expect(ids({ signals: old(NOW - 1_000) })).toEqual(['expired:a'])
    expect(ids({ signals: old(NOW - 601_000) })).toEqual([])
  })

  test('a decision that waits for a person, and one that gave up', () => {
    expect(ids({ consensus: [round(4, 1, {})] })).toEqual(['owner-decision:billing:4:run:1'])
    // A process that owns the decision is given a minute.
    const coordinators = [coordinator('owner')]
    const asked = (openedAt: number) => round(4, 1, { owner: null }, { openedAt })
    expect(ids({ coordinators, consensus: [asked(NOW - 5_000)] })).toEqual([])
    expect(ids({ coordinators, consensus: [asked(NOW - 61_000)] })).toHaveLength(1)
    const gaveUp = decided(round(2, 10, { a: 0.5, b: 0.6 }), 'exhausted')
    const [entry] = attention({ consensus: [gaveUp] })
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      'Loop 2 gave up after iteration 10: the last average was 0.55 of 0.90.',
    )
    // A newer round of the same swarm makes it history.
    expect(ids({ consensus: [gaveUp, round(3, 11, { a: null })] })).toEqual([])
  })

  test('a fenced process that still writes is named', () => {
    const fenced = coordinator('old', {
      liveness: 'escalated',
      livenessSince: NOW - 5_000,
      refusedWrites: 3,
      process: { pid: 4821, host: 'build-7' },
    })
    const [entry] = attention({ coordinators: [fenced] })
    expect(sentenceText(entry?.sentence ?? [])).toContain('(pid 4821 on build-7)')
    expect(ids({ coordinators: [{ ...fenced, refusedWrites: 0 }] })).toEqual([])
  })
})

describe('root causes', () => {
  const trouble: Parts = {
    coordinators: Array.from({ length: 200 }, (_, index) => dead(`c${index}`)),
    breakers: [breaker('a', 'redis', { state: 'open' })],
  }

  test('Redis gone is one entry, not two hundred', () => {
    const entries = attention({
      ...trouble,
      knowledge: { can: false, why: 'redis', since: NOW - 9_000, until: NOW + 2_000 },
    })
    expect(entries.map((it) => it.id)).toEqual(['redis-gone'])
    expect(sentenceText(entries[0]?.sentence ?? [])).toBe(
      'Since 9 s nobody can tell which of 200 coordinators are alive. None dies of it. Next try in 2 s.',
    )
  })

  test('a lost link is one entry', () => {
    expect(ids({ ...trouble, knowledge: { can: false, why: 'link', since: NOW } })).toEqual([
      'link-gone',
    ])
  })

  test('in a grace period nobody is reported dead or late', () => {
    const kinds = attention({
      ...trouble,
      knowledge: { can: false, why: 'grace', until: NOW + 10_000, cause: 'gap' },
    }).map((it) => it.kind)
    expect(kinds).toEqual(['breaker', 'grace'])
  })

  const beat = (ago: number) => ({ lastBeat: NOW - ago })

  test('many who fell silent together are one entry, which says what they share', () => {
    const swarm = ['a', 'b', 'c', 'd'].map((id, at) =>
      dead(id, { ...beat(150_000 - at * 1_500), workItems: 1, process: { host: `h${at % 2}` } }),
    )
    const lead = coordinator('lead', { waits: [wait(['a'])], process: { host: 'h0' } })
    const [entry, ...rest] = attention({ coordinators: [...swarm, lead, dead('x', beat(400_000))] })
    expect(rest.map((it) => it.id)).toEqual(['dead:x'])
    expect(entry).toMatchObject({
      id: `died-together:${NOW - 150_000},${NOW - 145_500}`,
      title: '4 coordinators of billing died together',
      coordinators: ['a', 'b', 'c', 'd'],
      actions: [
        { kind: 'escalate-all', coordinatorIds: ['a', 'b', 'c', 'd'] },
        { kind: 'show-coordinators', filter: 'swarm:billing status:dead' },
      ],
    })
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      'All of billing: a, b and 2 more fell silent within 5 s of each other, 2 min 30 s ago. 4 work items wait; lead is blocked on them.',
    )
    const strangers = swarm.map((it, at) => ({ ...it, swarmId: `s${at}`, workItems: 0 }))
    const [other] = attention({ coordinators: strangers })
    expect(other?.title).toBe('4 coordinators died together')
    expect(sentenceText(other?.sentence ?? [])).toMatch(
      /^Of 4 swarms on 2 hosts, with nothing in common but the time: a, b and 2 more fell silent/,
    )
  })

  test('two are a coincidence, and so is a long time between', () => {
    expect(ids({ coordinators: [dead('a'), dead('b')] })).toEqual(['dead:a', 'dead:b'])
    const far = ['a', 'b', 'c'].map((id, at) => dead(id, beat(300_000 - at * 6_000)))
    expect(ids({ coordinators: far })).toEqual(['dead:a', 'dead:b', 'dead:c'])
  })

  test('many late at one time are one entry, and say when the first dies', () => {
    const [entry, ...rest] = attention({ coordinators: ['a', 'b', 'c'].map((it) => late(it)) })
    expect(rest).toEqual([])
    expect(entry?.title).toBe('3 coordinators of billing are late')
    expect(sentenceText(entry?.sentence ?? [])).toBe(
      'All of billing: a, b and c fell silent at once, 77 s ago. The first dies in 44 s unless it beats.',
    )
  })

  test('replacements that nobody started are one entry', () => {
    const failed = ['a', 'b', 'c'].map((id) => coordinator(id, { liveness: 'failed' }))
    const [entry, ...rest] = attention({ coordinators: failed })
    expect(rest).toEqual([])
    expect(entry).toMatchObject({
      id: 'failed-together:no process came in time',
      title: '3 replacements never came',
    })
    expect(sentenceText(entry?.sentence ?? [])).toContain('See that a spawner runs')
  })

  test('what ran out at the dead is told with their death', () => {
    const signals = [
      signal('s:1', [target('a', 'expired'), target('b', 'expired')], { deadline: NOW - 1 }),
    ]
    expect(ids({ coordinators: [dead('a'), coordinator('b')], signals })).toEqual([
      'dead:a',
      'expired:b',
    ])
  })

  test('what was taken up stays so for those who are left, and no longer when more die', () => {
    const group = ['a', 'b', 'c', 'd'].map((id, at) => dead(id, beat(150_000 - at * 1_000)))
    const [entry] = attention({ coordinators: group })
    const marks = [
      { entry: entry?.id ?? '', kind: 'acknowledged', by: 'ada', at: NOW - 1_000, seq: `${NOW}-0` },
    ] as const
    const states = (coordinators: Parts['coordinators'] & object) =>
      attention({ coordinators, marks }).map((it) => [it.kind, it.handling.state])
    expect(states(group)).toEqual([['died-together', 'acknowledged']])
    expect(states(group.slice(1))).toEqual([['died-together', 'acknowledged']])
    expect(states(group.slice(3))).toEqual([['dead', 'acknowledged']])
    const fifth = dead('e', { ...beat(146_000), livenessSince: NOW - 500 })
    expect(states([...group, fifth])).toEqual([['died-together', 'open']])
    // One that was in that time as well, and was declared dead only after somebody had taken it up.
    const hidden = dead('e', { ...beat(148_500), livenessSince: NOW - 500 })
    expect(states([...group, hidden])).toEqual([['died-together', 'open']])
    // A link to it still leads to what is left of it.
    const left = attention({ coordinators: group.slice(2) })
    expect(entryNamed(left, entry?.id ?? '')?.coordinators).toEqual(['c'])
    expect(entryNamed(left, 'died-together:1,2')).toBeUndefined()
  })

  test('no sweep for minutes means that nobody is watching, as far as somebody tells', () => {
    const coordinators = [coordinator('a')]
    const told = (lastSweepAt?: number, parts: Parts = { coordinators }) =>
      attentionOf({
        ...moment({ ...parts, monitor: { lastSweepAt: NOW - 900_000 } }),
        ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
      }).map((it) => it.id)
    expect(told(NOW - 130_000)).toEqual(['unwatched'])
    expect(told(NOW - 1_000)).toEqual([])
    expect(told(NOW - 130_000, {})).toEqual([])
    expect(told()).toEqual([])
  })
})

describe('the order', () => {
  const parts: Parts = {
    coordinators: [
      late('late-1'),
      dead('dead-2', { livenessSince: NOW - 10_000 }),
      dead('dead-1', { livenessSince: NOW - 20_000 }),
      late('late-2', { livenessSince: NOW - 30_000 }),
    ],
    breakers: [breaker('a', 'redis', { state: 'open' })],
  }
  const order = ['dead:dead-1', 'dead:dead-2', 'breaker:redis', 'stale:late-2', 'stale:late-1']

  test('is worst first, then by when it began, whatever order the board is in', () => {
    expect(ids(parts)).toEqual(order)
    expect(ids({ ...parts, coordinators: [...(parts.coordinators ?? [])].reverse() })).toEqual(
      order,
    )
  })

  test('puts what somebody has taken up behind what nobody has', () => {
    const mark = { by: 'ada', seq: `${NOW}-0` }
    const marks = [
      { ...mark, entry: 'dead:dead-1', kind: 'acknowledged', at: NOW - 1_000 },
      { ...mark, entry: 'breaker:redis', kind: 'snoozed', at: NOW - 1_000, until: NOW + 60_000 },
    ] as const
    const entries = attention({ ...parts, marks })
    expect(entries.map((it) => [it.id, it.handling.state])).toEqual([
      ['dead:dead-2', 'open'],
      ['stale:late-2', 'open'],
      ['stale:late-1', 'open'],
      ['dead:dead-1', 'acknowledged'],
      ['breaker:redis', 'snoozed'],
    ])
    expect(entries[3]?.handling).toMatchObject({ by: 'ada' })
  })

  test('wakes what was snoozed, and forgets marks of an earlier trouble', () => {
    const state = (at: number, until?: number) =>
      attention({
        coordinators: [dead('a')],
        marks: [
          {
            entry: 'dead:a',
            kind: until === undefined ? 'acknowledged' : 'snoozed',
            by: 'ada',
            at,
            ...(until === undefined ? {} : { until }),
            seq: `${NOW}-0`,
          },
        ],
      })[0]?.handling.state
    expect(state(NOW - 1_000)).toBe('acknowledged')
    expect(state(NOW - 1_000, NOW + 1)).toBe('snoozed')
    expect(state(NOW - 1_000, NOW)).toBe('open')
    expect(state(NOW - 32_000)).toBe('open')
  })
})

test('the name of an entry fits into a mark', () => {
  const many = Array.from({ length: 100 }, (_, index) => `coordinator-${index}`)
  const name = entryId('deadlock', many)
  expect(name.length).toBeLessThanOrEqual(400)
  expect(name).toMatch(/\+\d+$/)
  expect(entryId('dead', ['a'])).toBe('dead:a')
})
