import { describe, expect, test } from 'vitest'
import type { EventOf, EventType } from '@/lib/protocol/events'
import { eventSentence } from '@/lib/view/event-sentence'
import { eventTone } from '@/lib/view/event-tone'
import { sentenceText } from '@/lib/view/sentence'
import { NOW } from './board-builder'

function event<T extends EventType>(type: T, entity: string, data: EventOf<T>['data']) {
  return { seq: `${NOW}-0`, v: 1, type, at: NOW, actor: 'system', entity, data } as EventOf<T>
}
const SIGNAL = 'lead:impl:status_update:1:1764000000000'

describe('an event in a line', () => {
  const stored = event('work.stored', 'coordinator:impl', {
    coordinatorId: 'impl',
    workId: 'rotate-keys',
    items: 1,
  })
  const acked = event('signal.acked', `signal:${SIGNAL}`, {
    signalId: SIGNAL,
    coordinatorId: 'impl',
    target: 'impl',
    epoch: 1,
    keyId: 'a',
    latencyMs: 41.3,
  })

  test('names whom it is about, but not in its own list', () => {
    expect(sentenceText(eventSentence(stored))).toBe('impl stored work item rotate-keys')
    expect(sentenceText(eventSentence(stored, 'impl'))).toBe('stored work item rotate-keys')
  })

  test('tells a signal from either end', () => {
    expect(sentenceText(eventSentence(acked))).toBe(
      'impl acknowledged status_update from lead in 41 ms',
    )
    expect(sentenceText(eventSentence(acked, 'lead'))).toBe(
      'impl acknowledged status_update in 41 ms',
    )
    const sent = event('signal.sent', `signal:${SIGNAL}`, {
      signalId: SIGNAL,
      source: 'lead',
      targets: ['impl', 'impl2'],
      type: 'status_update',
      iteration: 1,
      timestamp: NOW,
      deadline: NOW,
      payloadBytes: 0,
    })
    expect(sentenceText(eventSentence(sent))).toBe('lead sent status_update to impl and impl2')
    expect(sentenceText(eventSentence(sent, 'impl'))).toBe('got status_update from lead')
    expect(sentenceText(eventSentence(sent, 'lead'))).toBe('sent status_update to impl and impl2')
  })

  test('says on whose behalf a replacement answers', () => {
    expect(
      sentenceText(eventSentence({ ...acked, data: { ...acked.data, coordinatorId: 'impl-b' } })),
    ).toBe('impl-b acknowledged status_update from lead for impl in 41 ms')
  })

  test('tells a refused write, with how many there were', () => {
    const refused = (count: number) =>
      sentenceText(
        eventSentence(
          event('coordinator.write_refused', 'coordinator:impl', {
            operation: 'beat',
            epoch: 1,
            instance: 'abcdefgh',
            currentEpoch: 2,
            count,
          }),
          'impl',
        ),
      )
    expect(refused(1)).toBe('refused a write of its old process: beat, the 1st')
    expect(refused(12)).toMatch(/the 12th$/)
    expect(refused(23)).toMatch(/the 23rd$/)
  })

  test('tells votes, breakers and what operators did', () => {
    expect(
      sentenceText(
        eventSentence(
          event('consensus.vote_cast', 'consensus:billing:2:run:3', {
            key: 'billing:2:run:3',
            validatorId: 'perf',
            confidence: 0.94,
            issues: [],
            recommendations: [],
          }),
        ),
      ),
    ).toBe('perf voted 0.94 in billing Loop 2, iteration 3')
    expect(
      sentenceText(
        eventSentence(
          event('operator.acted', 'operator:ada', {
            operator: 'ada',
            action: 'escalate-coordinator',
            targets: ['impl'],
            reason: 'its host burns',
          }),
        ),
      ),
    ).toBe('ada escalated impl: its host burns')
  })
})

test('the tone of an event is the state that it leads to', () => {
  const decided = (decision: 'proceed' | 'relaunch' | 'exhausted') =>
    eventTone(
      event('consensus.decided', 'consensus:billing:2:run:3', {
        key: 'billing:2:run:3',
        decision,
        average: 0.9,
        min: 0.9,
        missing: [],
        recommendations: [],
        issues: [],
        by: 'system',
      }),
    )
  expect([decided('proceed'), decided('relaunch'), decided('exhausted')]).toEqual([
    'active',
    'stale',
    'dead',
  ])
})
