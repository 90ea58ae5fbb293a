import { describe, expect, test } from 'vitest'
import type { BoxEvent } from '@/lib/protocol/events'
import type { SpawnView } from '@/lib/protocol/view'
import { actionWord } from '@/lib/view/action-word'
import { eventConcerns } from '@/lib/view/event-concerns'
import { ackLatencies, quantile } from '@/lib/view/latency'
import { partOfGraph } from '@/lib/view/part-of-graph'
import { replacementSteps } from '@/lib/view/replacement-steps'
import { waitGraphOf } from '@/lib/view/wait-graph'
import { coordinator, moment, NOW, signal, target, wait } from './board-builder'

describe('the way of a replacement', () => {
  const starting = coordinator('new', { liveness: 'starting', replaces: 'old' })
  const spawn = (state: SpawnView['state'], spawnerId?: string): SpawnView => ({
    coordinatorId: 'new',
    replaces: 'old',
    swarmId: 'billing',
    state,
    deadline: NOW,
    at: NOW,
    seq: `${NOW}-0`,
    ...(spawnerId === undefined ? {} : { spawnerId }),
  })
  const way = (...given: Parameters<typeof replacementSteps>) => {
    const { steps, state } = replacementSteps(...given)
    return `${state}: ${steps.map((it) => it.state).join(' ')}`
  }

  test('goes from the request over a spawner and a process to its first beat', () => {
    expect(way(undefined, undefined)).toBe('coming: done now ahead ahead')
    expect(way(starting, spawn('requested'))).toBe('coming: done now ahead ahead')
    expect(way(starting, spawn('claimed', 'spawner-1'))).toBe('coming: done done now ahead')
    expect(way(starting, spawn('running', 'spawner-1'))).toBe('coming: done done done now')
    expect(way({ ...starting, instance: 'abcdefgh' }, undefined)).toBe('coming: done done done now')
    expect(way({ ...starting, liveness: 'active' }, undefined)).toBe('here: done done done done')
  })

  test('is over once it has beaten, whatever became of it then', () => {
    expect(way({ ...starting, liveness: 'dead' }, undefined)).toBe('here: done done done done')
  })

  test('says where it failed', () => {
    const failed = { ...starting, liveness: 'failed' } as const
    expect(way(failed, spawn('failed', 'spawner-1'))).toBe('failed: done done failed ahead')
    expect(way(failed, spawn('failed'))).toBe('failed: done failed ahead ahead')
  })
})

describe('whom an event concerns', () => {
  const event = (entity: string, data: object) => ({ entity, data }) as unknown as BoxEvent
  test.each([
    ['its own', event('coordinator:a', {}), true],
    ['another’s', event('coordinator:ab', {}), false],
    ['one of its targets', event('signal:x', { targets: ['b', 'a'] }), true],
    ['the sender, by the name of the signal', event('signal:x', { signalId: 'a:b:x:1:2' }), true],
    ['a name that only begins so', event('signal:x', { signalId: 'ab:b:x:1:2' }), false],
    ['the owner of a breaker', event('breaker:a:redis', { owner: 'a' }), true],
    ['who got its work', event('coordinator:b', { from: 'b', to: 'a' }), true],
  ])('%s', (_, it, concerns) => {
    expect(eventConcerns(it, 'a')).toBe(concerns)
  })
})

describe('latencies of ACKs', () => {
  test('are those of all targets, in the order of their ACKs', () => {
    const acked = (ackedAt: number, latencyMs: number) => ({ ackedAt, latencyMs })
    const signals = [
      signal('s:1', [target('a', 'acked', acked(30, 5)), target('b')]),
      signal('s:2', [target('a', 'acked', { ...acked(10, 7), heldBy: 'a2' })]),
    ]
    expect(ackLatencies(signals, 10).map((it) => [it.coordinatorId, it.ms])).toEqual([
      ['a2', 7],
      ['a', 5],
    ])
    expect(ackLatencies(signals, 1).map((it) => it.ms)).toEqual([5])
  })

  test('quantiles are values that occurred', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(quantile(hundred, 0.5)).toBe(50)
    expect(quantile(hundred, 0.99)).toBe(99)
    expect(quantile([7], 0.5)).toBe(7)
    expect(quantile([], 0.5)).toBeUndefined()
  })
})

test('of a graph too large to draw, deadlocks and the most waited-for are kept', () => {
  const ring = [
    coordinator('x', { waits: [wait(['y'])] }),
    coordinator('y', { waits: [wait(['x'])] }),
  ]
  const crowd = Array.from({ length: 20 }, (_, index) =>
    coordinator(`w${index}`, { waits: [wait([index < 15 ? 'busy' : `quiet${index}`])] }),
  )
  const graph = waitGraphOf(moment({ coordinators: [...crowd, ...ring] }))
  const part = partOfGraph(graph, { nodes: 10, edges: 100 })
  const ids = part.nodes.map((it) => it.id)
  expect(ids).toHaveLength(10)
  expect(ids).toEqual(expect.arrayContaining(['x', 'y', 'busy']))
  expect(part.cycles).toHaveLength(1)
  expect(part.edges.every((it) => ids.includes(it.from) && ids.includes(it.to))).toBe(true)
  expect(partOfGraph(graph, { nodes: 1_000, edges: 1_000 })).toBe(graph)
})

test('of a graph too tangled to draw, so many are kept that their waits can be told apart', () => {
  const names = Array.from({ length: 12 }, (_, index) => `k${index}`)
  const knot = names.map((id, index) => coordinator(id, { waits: [wait(names.slice(index + 1))] }))
  const graph = waitGraphOf(moment({ coordinators: knot }))
  expect(graph.edges).toHaveLength(66)
  const part = partOfGraph(graph, { nodes: 100, edges: 30 })
  expect(part.edges.length).toBeLessThanOrEqual(30)
  // Each of eight that wait for each other.
  expect(part.nodes).toHaveLength(8)
  expect(part.edges).toHaveLength(28)
})

test('what scripts note by their event’s name is said in words', () => {
  expect(actionWord('work.stored')).toBe('stored a work item')
  expect(actionWord('wrote tests')).toBe('wrote tests')
})
