import { describe, expect, test } from 'vitest'
import { checkPayload } from '@/lib/view/check-payload'
import { matchesSignal, type SignalFilter, signalFilterOf } from '@/lib/view/signal-filter'
import { progressOf } from '@/lib/view/signal-progress'
import { signal, target } from './board-builder'

describe('a payload while it is typed', () => {
  test('may be missing, or any JSON', () => {
    expect(checkPayload('  ')).toEqual({ ok: true, value: undefined, bytes: 0, depth: 0 })
    expect(checkPayload('{ "a": [1] }')).toEqual({
      ok: true,
      value: { a: [1] },
      bytes: 9,
      depth: 2,
    })
    expect(checkPayload('"é"')).toMatchObject({ ok: true, bytes: 4, depth: 0 })
  })

  test('that breaks says where', () => {
    expect(checkPayload('{\n  "a": ?\n}')).toEqual({
      ok: false,
      error: 'This is not JSON yet: something is wrong at line 2, column 8.',
    })
    expect(checkPayload('{')).toEqual({
      ok: false,
      error: 'This is not JSON yet: it ends too early.',
    })
  })

  test('is at most 16 KB, and at most 8 levels deep', () => {
    expect(checkPayload(JSON.stringify('x'.repeat(16_382)))).toMatchObject({ ok: true })
    expect(checkPayload(JSON.stringify('x'.repeat(16_383)))).toMatchObject({
      ok: false,
      error: 'It has 16,385 bytes; 16,384 are the most.',
    })
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(checkPayload(nested(8))).toMatchObject({ ok: true, depth: 8 })
    expect(checkPayload(nested(9))).toMatchObject({
      ok: false,
      error: 'It is 9 levels deep; 8 are the most.',
    })
    expect(checkPayload(nested(7_000))).toMatchObject({ ok: false })
  })
})

describe('how far a signal has come', () => {
  test.each([
    [['pending'], 'pending', 'blocked'],
    [['acked', 'pending', 'expired'], '1 of 3', 'blocked'],
    [['acked'], 'acked', 'active'],
    [['completed', 'completed'], 'completed', 'active'],
    [['completed', 'acked'], 'acked', 'active'],
    [['expired'], 'expired', 'stale'],
    [['acked', 'expired'], '1 of 2, expired', 'stale'],
    [['cancelled', 'cancelled'], 'cancelled', 'off'],
  ] as const)('%j is %s', (states, text, tone) => {
    expect(progressOf(states.map((it, index) => target(`t${index}`, it)))).toMatchObject({
      text,
      tone,
    })
  })
})

describe('narrowing the list of signals', () => {
  const all = [
    signal('lead:a:status_update:1:1', [target('a', 'acked')], { source: 'lead' }),
    signal(
      'lead:*:completion:1:2',
      [target('a', 'pending', { heldBy: 'a2' }), target('b', 'acked')],
      {
        type: 'completion',
      },
    ),
    signal('b:lead:retry:1:3', [target('lead', 'expired', { rejected: 1 })], {
      source: 'b',
      type: 'retry',
    }),
  ]
  const found = (filter: SignalFilter) =>
    all.flatMap((it, index) => (matchesSignal(filter, it) ? [index] : []))

  test('by state, type, partner and text', () => {
    expect(found({})).toEqual([0, 1, 2])
    expect(found({ state: 'pending' })).toEqual([1])
    expect(found({ state: 'acked' })).toEqual([0])
    expect(found({ state: 'refused' })).toEqual([2])
    expect(found({ type: 'retry' })).toEqual([2])
    expect(found({ with: 'b' })).toEqual([1, 2])
    expect(found({ with: 'a2' })).toEqual([1])
    expect(found({ text: 'b', state: 'expired' })).toEqual([2])
  })

  test('reads an address, and leaves out what it does not know', () => {
    const address = new URLSearchParams('q=%20Lead%20&state=lost&type=retry&with=b')
    expect(signalFilterOf((name) => address.get(name))).toEqual({
      text: 'lead',
      type: 'retry',
      with: 'b',
    })
  })
})
