import { expect, test } from 'vitest'
import type { Sequence } from '@/lib/protocol/ids'
import { EventTimes } from '@/server/history/event-times'

const DECISIONS = 600

test('many decisions do not push a death off the time line', async () => {
  const types = ['coordinator.timed_out', ...Array<string>(DECISIONS).fill('consensus.decided')]
  const entries = types.map(
    (type, index) => [`${index + 1}-0` as Sequence, JSON.stringify({ v: 1, type })] as const,
  )
  const times = new EventTimes({
    texts: async () => [],
    textsBack: async () => entries.toReversed().map(([seq, json]) => [seq, json]),
  })
  await times.refresh()
  const { marks } = times.line(0, DECISIONS + 1, 10)
  expect(marks[0]).toEqual({ at: 1, kind: 'death' })
  expect(marks.at(-1)).toEqual({ at: DECISIONS + 1, kind: 'decision' })
  expect(marks.length).toBeLessThan(DECISIONS)
})
