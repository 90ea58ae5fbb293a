import { expect, test } from 'vitest'
import type { BoxEvent } from '@/lib/protocol/events'
import type { SignalRecord } from '@/lib/redis/records/signal-record'
import { checkAccepted } from './harness/check-accepted'
import { contradictions } from './harness/check-history'
import type { History } from './harness/history'
import type { SwarmReport } from './parts/swarm-report'

// A checker that finds nothing proves something only if it finds what is there.

let seq = 0
function event(type: string, entity: string, data: object): BoxEvent {
  seq += 1
  return { v: 1, type, entity, data, actor: 'system', at: seq, seq: `${seq}-0` } as BoxEvent
}

function record(signalId: string, state: 'pending' | 'acked', acks: [string, string][]) {
  return {
    signal: { signalId, source: 'a', targets: ['b'], payload: { key: 'k-1' } },
    view: { targets: [{ coordinatorId: 'b', state, rejected: 0 }] },
    acks: new Map(acks),
    byHand: false,
  } as unknown as SignalRecord
}

function history(it: Partial<History>): History {
  return {
    events: [],
    problems: [],
    coordinators: new Map(),
    signals: new Map(),
    work: new Map(),
    ...it,
  }
}

const life = (epoch: number, instance: string) => ({ epoch, instance })
const report = (it: Partial<SwarmReport>) =>
  ({ signals: [], acks: [], work: [], lives: [], ...it }) as unknown as SwarmReport

test('a history without a breach has none', () => {
  const events = [
    event('coordinator.registered', 'coordinator:b', life(1, 'x')),
    event('coordinator.timed_out', 'coordinator:b', {}),
    event('coordinator.recovered', 'coordinator:b', {}),
    event('coordinator.timed_out', 'coordinator:b', {}),
    event('coordinator.escalated', 'coordinator:b', { epoch: 1 }),
    event('coordinator.registered', 'coordinator:b', life(2, 'y')),
    event('coordinator.escalated', 'coordinator:b', { epoch: 2 }),
  ]
  const signals = new Map([['s', record('s', 'acked', [['b', '{}']])]])
  expect(contradictions(history({ events, signals, work: new Map([['b', ['w']]]) }))).toEqual([])
})

test.each([
  [
    'b died twice',
    {
      events: [
        event('coordinator.timed_out', 'coordinator:b', {}),
        event('coordinator.timed_out', 'coordinator:b', {}),
      ],
    },
  ],
  [
    'epoch 7 was escalated twice',
    {
      events: [
        event('coordinator.escalated', 'coordinator:b', { epoch: 7 }),
        event('coordinator.escalated', 'coordinator:b', { epoch: 7 }),
      ],
    },
  ],
  [
    'got epoch 7 after 7',
    {
      events: [
        event('coordinator.registered', 'coordinator:b', life(7, 'x')),
        event('coordinator.reregistered', 'coordinator:b', life(7, 'y')),
      ],
    },
  ],
  ['acked for b without an ACK', { signals: new Map([['s', record('s', 'acked', [])]]) }],
  [
    'pending for b with an ACK',
    { signals: new Map([['s', record('s', 'pending', [['b', '{}']])]]) },
  ],
  [
    'w is in the hands of a and of b',
    {
      work: new Map([
        ['a', ['w']],
        ['b', ['w']],
      ]),
    },
  ],
  ['1-0: not JSON', { problems: ['1-0: not JSON'] }],
])('is found: %s', (sentence, parts: Partial<History>) => {
  const [found, ...more] = contradictions(history(parts))
  expect(found).toContain(sentence)
  expect(more).toEqual([])
})

test('what was accepted and is not there is found', () => {
  const signals = new Map([['kept', record('kept', 'acked', [['b', '{"mac":"m-1"}']])]])
  const given = (signalId: string) => ({ signalId, source: 'a', target: 'b', key: signalId })
  const kept = checkAccepted(history({ signals, work: new Map([['b', ['w-1', 'w-2']]]) }), [
    report({
      signals: [given('kept'), given('gone')],
      acks: [
        { signalId: 'kept', coordinatorId: 'b', mac: 'm-1' },
        { signalId: 'kept', coordinatorId: 'b', mac: 'm-2' },
      ],
      work: [
        { coordinatorId: 'b', workId: 'w-1', done: false },
        { coordinatorId: 'b', workId: 'w-2', done: true },
        { coordinatorId: 'b', workId: 'w-3', done: false },
      ],
      lives: [
        { coordinatorId: 'b', epoch: 1, instance: 'x', again: false },
        { coordinatorId: 'b', epoch: 1, instance: 'x', again: true },
      ],
    }),
  ])
  expect(kept).toMatchObject({
    lostSignals: ['gone'],
    lostAcks: ['b kept'],
    lostWork: ['w-2 is there again', 'w-3 is gone'],
    doubled: [],
    repeatedEpochs: ['b in epoch 1'],
  })
})

test('two signals of one key are found', () => {
  const signals = new Map(['one', 'two'].map((it) => [it, record(it, 'pending', [])] as const))
  expect(checkAccepted(history({ signals }), []).doubled).toEqual(['k-1: one and two'])
})
