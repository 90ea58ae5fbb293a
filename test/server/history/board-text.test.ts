import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView } from '@/lib/view/view'
import { packBoard, unpackBoard } from '@/server/history/board-text'
import { anyStory, registered, sent, story } from '../../lib/view/event-story'

describe('a stored board', () => {
  test('is the same when it is read again', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (events) => {
        const view = applyEvents(emptyView('a-namespace'), events)
        expect(await unpackBoard(await packBoard(view))).toEqual(view)
      }),
      { numRuns: 100 },
    )
  })

  test('tells no time of a sweep: sweeps are no events', async () => {
    const view = { ...emptyView(''), monitor: { lastSweepAt: 5, graceUntil: 9 } }
    expect((await unpackBoard(await packBoard(view)))?.monitor).toEqual({ graceUntil: 9 })
  })

  test('is read whole or not at all', async () => {
    const events = story([registered('a'), registered('b'), sent('s1', 'a', ['b'])])
    const packed = await packBoard(applyEvents(emptyView(''), events))
    const text = gunzipSync(packed).toString('utf8')
    expect(text.split('\n')).toHaveLength(5)
    const read = (changed: string) => unpackBoard(gzipSync(Buffer.from(changed)))
    expect(await read(text)).toBeDefined()
    expect(await read(text.replace('"version":1', '"version":2'))).toBeUndefined()
    expect(await read(text.replace('"liveness":"active"', '"liveness":"asleep"'))).toBeUndefined()
    expect(await read(text.slice(0, -10))).toBeUndefined()
    expect(await unpackBoard(Buffer.from('no gzip'))).toBeUndefined()
    expect(await unpackBoard(packed.subarray(0, packed.length - 12))).toBeUndefined()
  })
})
