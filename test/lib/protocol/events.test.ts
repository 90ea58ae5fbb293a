import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, parseEventEntry } from '@/lib/protocol/events'

const entry = (type: string, data: unknown, rest: Record<string, unknown> = {}) =>
  JSON.stringify({
    v: 1,
    type,
    at: 1_700_000_000_000,
    actor: 'a',
    entity: 'signal:s',
    data,
    ...rest,
  })

describe('event entries', () => {
  it('are read with their sequence', () => {
    const read = parseEventEntry(
      '5-1',
      entry('signal.expired', { signalId: 's', targets: ['a', 'b'] }),
    )
    expect(read).toEqual({
      ok: true,
      event: {
        v: 1,
        seq: '5-1',
        type: 'signal.expired',
        at: 1_700_000_000_000,
        actor: 'a',
        entity: 'signal:s',
        data: { signalId: 's', targets: ['a', 'b'] },
      },
    })
  })

  it('may hold an empty array as the empty object that Lua writes', () => {
    const read = parseEventEntry('5-1', entry('signal.expired', { signalId: 's', targets: {} }))
    expect(read.ok && read.event.type === 'signal.expired' && read.event.data.targets).toEqual([])
  })

  it('of another version, type or shape are a problem that names the field, never an exception', () => {
    const wrong = [
      ['not JSON', 'not JSON'],
      ['[]', 'not an object'],
      ['null', 'not an object'],
      [entry('signal.expired', { signalId: 's', targets: [] }, { v: 2 }), 'at v'],
      [entry('coordinator.exploded', {}), 'at type'],
      [entry('signal.expired', { targets: [] }), 'data.signalId'],
      [entry('signal.expired', { signalId: 's', targets: ['a b'] }), 'data.targets[0]'],
    ] as const
    for (const [json, problem] of wrong) {
      const read = parseEventEntry('1-0', json)
      expect(read.ok, json).toBe(false)
      expect(!read.ok && read.problem).toContain(problem)
    }
  })

  it('never throw, whatever stands in the stream', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .constantFrom(...EVENT_TYPES)
            .chain((type) =>
              fc
                .json()
                .map(
                  (data) =>
                    `{"v":1,"type":"${type}","at":1,"actor":"a","entity":"e","data":${data}}`,
                ),
            ),
        ),
        (json) => {
          expect(typeof parseEventEntry('1-0', json).ok).toBe('boolean')
        },
      ),
    )
  })
})
