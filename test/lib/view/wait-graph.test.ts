import { describe, expect, test } from 'vitest'
import { waitGraphOf } from '@/lib/view/wait-graph'
import { coordinator, moment, NOW, round, signal, target, wait } from './board-builder'

const edges = (graph: ReturnType<typeof waitGraphOf>) =>
  graph.edges.map((it) => `${it.from}>${it.to}`).sort()

describe('who waits for whom', () => {
  test('an edge goes from a waiter to whoever still owes an ACK', () => {
    const graph = waitGraphOf(
      moment({
        coordinators: [
          coordinator('lead', { waits: [wait(['a', 'b', 'c'], { signalId: 's:1' })] }),
          coordinator('a'),
          coordinator('b'),
          coordinator('c'),
        ],
        signals: [signal('s:1', [target('a', 'acked'), target('b'), target('c', 'completed')])],
      }),
    )
    expect(edges(graph)).toEqual(['lead>b'])
    expect(graph.nodes).toEqual([
      { id: 'b', status: 'active', swarmId: 'billing', forAnybody: false },
      { id: 'lead', status: 'blocked', swarmId: 'billing', forAnybody: false },
    ])
  })

  test('goes to the replacement that holds the signal', () => {
    const graph = waitGraphOf(
      moment({
        coordinators: [
          coordinator('lead', { waits: [wait(['a'], { signalId: 's:1' })] }),
          coordinator('a2'),
        ],
        signals: [signal('s:1', [target('a', 'pending', { heldBy: 'a2' })])],
      }),
    )
    expect(edges(graph)).toEqual(['lead>a2'])
  })

  test('goes to validators that have not voted', () => {
    const graph = waitGraphOf(
      moment({
        coordinators: [
          coordinator('lead', {
            waits: [wait([], { kind: 'decision', consensus: 'billing:2:run:1' })],
          }),
        ],
        consensus: [round(2, 1, { a: 0.9, b: null })],
      }),
    )
    expect(edges(graph)).toEqual(['lead>b'])
    expect(graph.nodes.find((it) => it.id === 'b')?.status).toBeUndefined()
  })

  test('leaves out the dead, who wait for nothing any more', () => {
    const graph = waitGraphOf(
      moment({ coordinators: [coordinator('a', { liveness: 'dead', waits: [wait(['b'])] })] }),
    )
    expect(graph.edges).toEqual([])
  })
})

describe('deadlocks', () => {
  const ring = (...ids: string[]) =>
    ids.map((id, index) =>
      coordinator(id, {
        waits: [
          wait([ids[(index + 1) % ids.length] ?? id], {
            since: NOW - 10_000 * (index + 1),
            until: NOW + 60_000 * (ids.length - index),
            signalId: `s:${id}`,
          }),
        ],
      }),
    )

  test('are found, named, and come with what would break them', () => {
    const [cycle, ...others] = waitGraphOf(
      moment({
        coordinators: [...ring('a', 'b', 'c'), coordinator('d', { waits: [wait(['a'])] })],
      }),
    ).cycles
    expect(others).toEqual([])
    expect(cycle).toMatchObject({
      name: 'a → b → c → a',
      members: ['a', 'b', 'c'],
      since: NOW - 10_000,
    })
    expect(cycle?.remedies[0]).toEqual({
      kind: 'timeout',
      waiter: 'c',
      debtor: 'a',
      at: NOW + 60_000,
    })
    expect(cycle?.remedies.map((it) => it.kind)).toEqual([
      ...Array<string>(3).fill('timeout'),
      ...Array<string>(3).fill('cancel'),
      ...Array<string>(3).fill('escalate'),
    ])
  })

  test('need a closed ring', () => {
    const chain = [
      coordinator('a', { waits: [wait(['b'])] }),
      coordinator('b', { waits: [wait(['c'])] }),
      coordinator('c'),
    ]
    expect(waitGraphOf(moment({ coordinators: chain })).cycles).toEqual([])
  })

  test('can be one alone, waiting for itself', () => {
    const own = coordinator('a', { waits: [wait(['a'])] })
    expect(waitGraphOf(moment({ coordinators: [own] })).cycles[0]?.name).toBe('a → a')
  })

  test('are told apart, the longest-standing first', () => {
    const names = waitGraphOf(
      moment({ coordinators: [...ring('a', 'b'), ...ring('x', 'y', 'z')] }),
    ).cycles.map((it) => it.name)
    expect(names).toEqual(['a → b → a', 'x → y → z → x'])
  })

  test('are found in a chain of ten thousand without running out of stack', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `c${index}`)
    const cycles = waitGraphOf(moment({ coordinators: ring(...ids) })).cycles
    expect(cycles[0]?.members).toHaveLength(10_000)
  })
})
