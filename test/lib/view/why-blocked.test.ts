import { describe, expect, test } from 'vitest'
import type { CoordinatorView, Wait } from '@/lib/protocol/coordinator'
import { coordinatorStory } from '@/lib/view/coordinator-story'
import { sentenceText } from '@/lib/view/sentence'
import { whyBlocked } from '@/lib/view/why-blocked'
import {
  coordinator,
  decided,
  moment,
  NOW,
  type Parts,
  round,
  signal,
  target,
  wait,
} from './board-builder'

function why(waits: Wait[], parts: Parts = {}) {
  const lead = coordinator('lead', { waits })
  const all = moment({ ...parts, coordinators: [lead, ...(parts.coordinators ?? [])] })
  return whyBlocked(all, lead).map(
    (it) => `${sentenceText(it.sentence)} ${sentenceText(it.nextSentence)}`,
  )
}

describe('why blocked', () => {
  const asks = (...on: string[]) => [wait(on, { signalId: 's:1' })]

  test('names who owes which ACK, since when, and what comes next', () => {
    expect(
      why(asks('a', 'b'), {
        coordinators: [coordinator('a'), coordinator('b')],
        signals: [signal('s:1', [target('a', 'acked'), target('b')])],
      }),
    ).toEqual([
      'Has waited 64 s for the ACK of status_update that b owes. Its wait gives up in 4 min.',
    ])
  })

  test('names the one in trouble first, and its death before the timeout', () => {
    const late = coordinator('z', { liveness: 'stale', lastBeat: NOW - 77_000 })
    expect(
      why(asks('a', 'z'), {
        coordinators: [coordinator('a'), late],
        signals: [signal('s:1', [target('a'), target('z')])],
      }),
    ).toEqual([
      'Has waited 64 s for 2 ACKs of status_update that z (silent for 77 s) and a owe. z is declared dead in 44 s, unless it beats.',
    ])
  })

  test('tells of a dead debtor, and of one that the board does not know', () => {
    const dead = coordinator('a', { liveness: 'dead', livenessSince: NOW - 31_000 })
    expect(why(asks('a'), { coordinators: [dead] })[0]).toContain('that a (dead for 31 s) owes')
    expect(why(asks('ghost'))[0]).toContain('ghost (not known here)')
  })

  test('waits for a replacement until it has to come', () => {
    const coming = coordinator('a2', { liveness: 'starting', startDeadline: NOW + 12_000 })
    expect(
      why(asks('a'), {
        coordinators: [coming],
        signals: [signal('s:1', [target('a', 'pending', { heldBy: 'a2' })])],
      })[0],
    ).toContain('a2 (still starting) owes. The replacement a2 has to come within 12 s.')
  })

  test('shortens a long list', () => {
    const on = Array.from({ length: 9 }, (_, index) => `a${index}`)
    expect(why(asks(...on), { coordinators: on.map((it) => coordinator(it)) })[0]).toContain(
      'Has waited 64 s for 9 ACKs that a0, a1 and 7 more owe',
    )
  })

  test('a wait for any signal blames nobody', () => {
    expect(why([wait([], { kind: 'signal' })])).toEqual([
      'Has waited 64 s for a signal, from whoever sends one. Its wait gives up in 4 min.',
    ])
    expect(why([wait(['b'], { kind: 'signal' })], { coordinators: [coordinator('b')] })[0]).toMatch(
      /^Has waited 64 s for a signal from b\./,
    )
  })

  test('a wait for a decision names who has not voted, and when the vote closes', () => {
    const waits = [wait([], { kind: 'decision', consensus: 'billing:2:run:3' })]
    const voting = round(2, 3, { a: 0.9, b: null })
    expect(why(waits, { coordinators: [coordinator('b')], consensus: [voting] })).toEqual([
      'Has waited 64 s for the decision of Loop 2, iteration 3: b has not voted. The vote closes in 3 min 12 s.',
    ])
    expect(why(waits, { consensus: [decided(voting, 'relaunch')] })[0]).toMatch(
      /^Loop 2, iteration 3 is decided: relaunch;/,
    )
  })

  test('a wait for an owner says so', () => {
    const waits = [wait([], { kind: 'decision', consensus: 'billing:4:run:1' })]
    expect(why(waits, { consensus: [round(4, 1, {})] })[0]).toMatch(
      /^Has waited 64 s for the owner’s decision of Loop 4, iteration 1\./,
    )
  })

  test('a wait whose ACKs are all in is about to end', () => {
    expect(why(asks('a'), { signals: [signal('s:1', [target('a', 'acked')])] })[0]).toMatch(
      /^All ACKs of status_update are in;/,
    )
  })

  test('the longest wait comes first', () => {
    expect(
      why([
        wait([], { kind: 'signal', waitId: 'w2', since: NOW - 1_000 }),
        wait(['a'], { waitId: 'w1', since: NOW - 9_000 }),
      ])[0],
    ).toContain('the ACK')
  })
})

describe('the story of a coordinator', () => {
  function story(with_: Partial<CoordinatorView>, parts: Parts = {}) {
    const it = coordinator('impl', with_)
    const all = moment({ ...parts, coordinators: [it, ...(parts.coordinators ?? [])] })
    return coordinatorStory(all, it).map(sentenceText).join(' | ')
  }
  const waiting = coordinator('lead', { waits: [wait(['impl'])] })

  test('of one in several waits has a sentence for each, the longest first', () => {
    const waiting = coordinator('lead', {
      waits: [
        wait(['b'], { since: NOW - 5_000 }),
        wait(['a'], { signalId: 's:1', since: NOW - 9_000 }),
      ],
    })
    const taken = signal('s:1', [target('a', 'cancelled')])
    const all = moment({ coordinators: [waiting], signals: [taken] })
    const story = coordinatorStory(all, waiting).map(sentenceText)
    expect(story).toHaveLength(2)
    expect(story[0]).toContain('Nobody is asked for ACKs of status_update any more')
    expect(story[1]).toContain('b')
  })

  test('of a late one says how long it is silent, and who waits for it', () => {
    expect(
      story(
        { liveness: 'stale', lastBeat: NOW - 77_000, phase: 'loop-3-work' },
        { coordinators: [waiting] },
      ),
    ).toBe(
      'In loop-3-work, iteration 1, and silent for 77 s. It waits for nobody. lead has been waiting 64 s for its ACK.',
    )
  })

  test('of a dead one says what hangs on it', () => {
    const dead = { liveness: 'dead', lastBeat: NOW - 151_000, workItems: 3 } as const
    expect(
      story(dead, {
        coordinators: [waiting],
        signals: [signal('s:1', [target('impl')]), signal('s:2', [target('impl')])],
      }),
    ).toBe(
      'No heartbeat for 2 min 31 s (threshold 2 min). 2 signals and 3 work items wait; lead is blocked on it.',
    )
    expect(story({ ...dead, workItems: 1 })).toContain('1 work item waits.')
    expect(story({ ...dead, workItems: 0 })).toContain('Nothing waits for it.')
  })

  test('of a replacement says how far it has come', () => {
    const starting = { liveness: 'starting', replaces: 'old', startDeadline: NOW + 9_000 } as const
    const spawn = {
      coordinatorId: 'impl',
      replaces: 'old',
      swarmId: 'billing',
      deadline: NOW + 9_000,
      at: NOW,
      seq: `${NOW}-0`,
    }
    expect(story(starting)).toBe(
      'Replacement of old. No spawner has taken the request yet; it has to come within 9 s.',
    )
    expect(story(starting, { spawns: [{ ...spawn, state: 'claimed' }] })).toContain(
      'A spawner has taken the request',
    )
    expect(story(starting, { spawns: [{ ...spawn, state: 'running' }] })).toContain(
      'Its process runs',
    )
  })

  test('of a replaced one counts what was refused', () => {
    const gone = { liveness: 'escalated', replacedBy: 'impl2' } as const
    expect(story(gone)).toContain('Replaced by impl2, 10 min ago. Its old process has not tried')
    expect(story({ ...gone, refusedWrites: 3 })).toContain('still writes: 3 writes refused.')
  })

  test('of anybody, while nobody can tell, says why', () => {
    expect(story({ liveness: 'dead' }, { knowledge: { can: false, why: 'redis' } })).toBe(
      'Redis cannot be reached, so nobody can tell whether it is alive.',
    )
    expect(
      story({}, { knowledge: { can: false, why: 'grace', until: NOW + 5_000, cause: 'restart' } }),
    ).toBe('Nobody can be declared dead yet: Redis has restarted. Everyone has 5 s to beat.')
  })
})
