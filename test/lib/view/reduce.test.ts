import { describe, expect, test } from 'vitest'
import { applyEvents } from '@/lib/view/reduce'
import { CONSENSUS_KEPT, emptyView, SETTLED_SIGNALS_KEPT } from '@/lib/view/view'
import {
  acked,
  decided,
  escalated,
  KEY,
  opened,
  registered,
  START,
  sent,
  story,
  voted,
} from './event-story'

const board = (...drafts: Parameters<typeof story>[0]) => applyEvents(emptyView(''), story(drafts))

describe('a coordinator', () => {
  test('that goes silent is stale, then dead, and returns by itself while nobody has replaced it', () => {
    const silence = { epoch: 7, lastBeat: START + 1, silentMs: 5000, thresholdMs: 10_000 }
    const stale = { type: 'coordinator.stale', entity: 'coordinator:a', data: silence } as const
    const dead = {
      type: 'coordinator.timed_out',
      entity: 'coordinator:a',
      data: { ...silence, iteration: 1, monitorId: 'm', cleaned: true },
    } as const
    const back = {
      type: 'coordinator.recovered',
      entity: 'coordinator:a',
      data: { epoch: 7, from: 'dead', silentMs: 11_000 },
    } as const
    const livenessAfter = (...more: Parameters<typeof story>[0]) =>
      board(registered('a'), ...more).coordinators.get('a')?.liveness
    expect(livenessAfter()).toBe('active')
    expect(livenessAfter(stale)).toBe('stale')
    expect(livenessAfter(stale, dead)).toBe('dead')
    expect(livenessAfter(stale, dead, back)).toBe('active')
  })

  test('that is escalated names its replacement, which stands there before its process runs', () => {
    const { coordinators } = board(registered('a'), escalated('a', 'a-2'))
    expect(coordinators.get('a')).toMatchObject({
      liveness: 'escalated',
      replacedBy: 'a-2',
      workItems: 0,
    })
    expect(coordinators.get('a')).not.toHaveProperty('instance')
    expect(coordinators.get('a-2')).toMatchObject({
      liveness: 'starting',
      replaces: 'a',
      workItems: 2,
      iteration: 3,
      startDeadline: START + 90_000,
    })
  })

  test('becomes active by the first beat of the replacement, not by its registration', () => {
    const adopted = registered('a-2', { liveness: 'starting', epoch: 8, instance: 'instance-2' })
    const started = {
      type: 'coordinator.started',
      entity: 'coordinator:a-2',
      data: { epoch: 8, instance: 'instance-2' },
    } as const
    const before = board(registered('a'), escalated('a', 'a-2'), adopted).coordinators.get('a-2')
    expect(before).toMatchObject({
      liveness: 'starting',
      replaces: 'a',
      startDeadline: START + 90_000,
    })
    const after = board(registered('a'), escalated('a', 'a-2'), adopted, started)
    expect(after.coordinators.get('a-2')).toMatchObject({
      liveness: 'active',
      instance: 'instance-2',
    })
    expect(after.coordinators.get('a-2')).not.toHaveProperty('startDeadline')
  })

  test('keeps over all its lives how many writes of its fenced ones were refused', () => {
    const refused = {
      type: 'coordinator.write_refused',
      entity: 'coordinator:a',
      data: { operation: 'beat', epoch: 1, instance: 'x', currentEpoch: 7, count: 3 },
    } as const
    const view = board(registered('a'), refused, registered('a', { epoch: 9 }))
    expect(view.coordinators.get('a')).toMatchObject({ epoch: 9, refusedWrites: 3 })
  })

  test('whose threshold the namespace changes did nothing by that', () => {
    const announced = {
      type: 'coordinator.phase_changed',
      entity: 'coordinator:a',
      data: { iteration: 1, thresholdMs: 20_000, heartbeatIntervalMs: 2000 },
    } as const
    const it = board(registered('a'), announced).coordinators.get('a')
    expect(it).toMatchObject({ thresholdMs: 20_000, heartbeatIntervalMs: 2000 })
    expect(it?.lastAction).toBeUndefined()
  })
})

describe('a signal', () => {
  const id = 'a:b:retry:1:1'

  test('is settled target by target', () => {
    const view = board(sent(id, 'a', ['b', 'c']), acked(id, 'b'))
    expect(view.signals.get(id)?.targets).toMatchObject([
      { coordinatorId: 'b', state: 'acked', latencyMs: 3 },
      { coordinatorId: 'c', state: 'pending' },
    ])
  })

  test('that a replacement answers frees the target that it was sent to', () => {
    const redirected = {
      type: 'signal.redirected',
      entity: `signal:${id}`,
      data: { signalId: id, target: 'b', from: 'b', to: 'b-2' },
    } as const
    const view = board(sent(id, 'a', ['b']), redirected, acked(id, 'b-2', 'b'))
    expect(view.signals.get(id)?.targets).toMatchObject([
      { coordinatorId: 'b', state: 'acked', heldBy: 'b-2' },
    ])
  })

  test('tells of a refused ACK until the true one comes', () => {
    const rejected = {
      type: 'ack.rejected',
      entity: `signal:${id}`,
      data: { signalId: id, coordinatorId: 'b', verdict: 'forged', by: 'a' },
    } as const
    const before = board(sent(id, 'a', ['b']), rejected).signals.get(id)?.targets[0]
    expect(before).toMatchObject({ state: 'pending', verdict: 'forged', rejected: 1 })
    const after = board(sent(id, 'a', ['b']), rejected, acked(id, 'b')).signals.get(id)?.targets[0]
    expect(after).toMatchObject({ state: 'acked', rejected: 1 })
    expect(after).not.toHaveProperty('verdict')
  })

  test('that is pending is never dropped, and of the settled the latest stay', () => {
    const count = SETTLED_SIGNALS_KEPT + 50
    const settled = Array.from({ length: count }, (_, i) => `a:b:retry:1:${i}`)
    const view = board(
      sent('a:b:retry:9:9', 'a', ['b']),
      ...settled.flatMap((it) => [sent(it, 'a', ['b']), acked(it, 'b')]),
    )
    expect(view.signals.size).toBe(SETTLED_SIGNALS_KEPT + 1)
    expect(view.signals.has('a:b:retry:9:9')).toBe(true)
    expect(view.signals.has(settled[49] ?? '')).toBe(false)
    expect(view.signals.has(settled[50] ?? '')).toBe(true)
  })
})

describe('a round of votes', () => {
  test('holds one vote of each validator, the last one', () => {
    const correction = {
      ...voted('a', 0.7),
      type: 'consensus.vote_replaced',
      data: { ...(voted('a', 0.7).data as object), previous: 0.9 },
    } as const
    const round = board(opened(), voted('a', 0.9), voted('b', 0.8), correction).consensus.get(KEY)
    expect(round?.votes).toMatchObject([
      { validatorId: 'b', confidence: 0.8, replaced: 0 },
      { validatorId: 'a', confidence: 0.7, replaced: 1 },
    ])
  })

  test('keeps its outcome, and the oldest decided ones leave the board', () => {
    const rounds = Array.from({ length: CONSENSUS_KEPT + 5 }, (_, i) => `billing:2:run-1:${i + 1}`)
    const view = board(
      opened('billing:3:run-0:1'),
      ...rounds.flatMap((it) => [opened(it), decided(it)]),
    )
    expect(view.consensus.size).toBe(CONSENSUS_KEPT + 1)
    expect(view.consensus.has('billing:3:run-0:1')).toBe(true)
    expect([...view.consensus.values()].at(-1)?.outcome).toMatchObject({
      decision: 'proceed',
      average: 0.95,
    })
  })
})

test('folding the same events in again changes nothing, not even the object', () => {
  const events = story([registered('a'), sent('s', 'a', ['b'])])
  const view = applyEvents(emptyView(''), events)
  expect(applyEvents(view, events)).toBe(view)
})

test('what did not change is the same object as before, so that only what changed is drawn', () => {
  const before = board(registered('a'), registered('b'))
  const after = applyEvents(before, story([sent('s', 'x', ['y'])], 5))
  expect(after.coordinators).toBe(before.coordinators)
  expect(after.signals).not.toBe(before.signals)
})
