import { describe, expect, it } from 'vitest'
import { parseSignalRecord } from '@/lib/redis/records/signal-record'

const hash = {
  signal:
    '{"signalId":"s:*:error:1:5","source":"s","targets":["b","a"],"type":"error","iteration":1,"timestamp":5,"payload":{"x":1}}',
  deadline: '900',
  sentAt: '5',
  payloadBytes: '7',
  pending: '1',
  keep: '1000',
  ev: '5-0',
  't:a': '{"state":"acked","ackedAt":9,"latencyMs":4,"rejected":1,"verdict":"forged"}',
  't:b': '{"state":"pending","heldBy":"c","rejected":0}',
  'a:a': '{"epoch":1,"by":"a","ack":{}}',
  'e:b': '1-1',
  'h:c': 'b',
}

describe('the record of a signal', () => {
  it('is read as the board shows it, its targets as the sender named them', () => {
    const parsed = parseSignalRecord(hash)
    if (!parsed.ok) throw new Error(parsed.problem)
    const { record } = parsed
    expect(record.view).toEqual({
      signalId: 's:*:error:1:5',
      source: 's',
      type: 'error',
      iteration: 1,
      timestamp: 5,
      deadline: 900,
      payloadBytes: 7,
      targets: [
        { coordinatorId: 'b', state: 'pending', heldBy: 'c', rejected: 0 },
        {
          coordinatorId: 'a',
          state: 'acked',
          ackedAt: 9,
          latencyMs: 4,
          rejected: 1,
          verdict: 'forged',
        },
      ],
      seq: '5-0',
    })
    expect(record.signal.payload).toEqual({ x: 1 })
    expect([...record.acks]).toEqual([['a', '{"epoch":1,"by":"a","ack":{}}']])
    expect(record.byHand).toBe(false)
    expect(record.sentAt).toBe(5)
  })

  it('of a signal that nobody sent names who acknowledged, as they came', () => {
    const parsed = parseSignalRecord({
      ...hash,
      byHand: '1',
      't:b': '{"state":"acked","ackedAt":7,"latencyMs":0,"rejected":0}',
      't:z': '{"state":"acked","ackedAt":8,"latencyMs":0,"rejected":0}',
    })
    if (!parsed.ok) throw new Error(parsed.problem)
    expect(parsed.record.view.targets.map((it) => it.coordinatorId)).toEqual(['b', 'z', 'a'])
  })

  it.each([
    [{ ...hash, signal: '{' }, 'signal'],
    [{ ...hash, signal: '{"signalId":"a"}' }, 'signal'],
    [{ ...hash, 't:a': '{"state":"lost"}' }, 't:a'],
    [{ ...hash, deadline: 'soon' }, 'deadline'],
    [{}, 'signal'],
  ])('that is malformed is a problem, never an exception', (broken, where) => {
    const parsed = parseSignalRecord(broken)
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining(where) })
  })
})
