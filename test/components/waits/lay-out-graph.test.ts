import { expect, test } from 'vitest'
import { layOutGraph } from '@/components/waits/lay-out-graph'

const shapeOf = (...pairs: string[]) => {
  const edges = pairs.map((id) => {
    const [from = '', to = ''] = id.split('>')
    return { id, from, to }
  })
  return { ids: [...new Set(edges.flatMap((it) => [it.from, it.to]))], edges }
}
const middles = (...pairs: string[]) =>
  new Map(layOutGraph(shapeOf(...pairs)).nodes.map((it) => [it.id, it.x]))

test('who waits stands left of whom it waits for', () => {
  const x = middles('tester>coder', 'reviewer>coder', 'coder>planner')
  const [tester = 0, reviewer, coder = 0, planner = 0] = [
    'tester',
    'reviewer',
    'coder',
    'planner',
  ].map((it) => x.get(it))
  expect(tester).toBe(reviewer)
  expect(tester).toBeLessThan(coder)
  expect(coder).toBeLessThan(planner)
})

test('a ring is a row, with one line back', () => {
  const ring = ['a>b', 'b>c', 'c>d', 'd>a']
  const x = middles(...ring)
  const back = ring.filter((pair) => {
    const [from = '', to = ''] = pair.split('>')
    return (x.get(from) ?? 0) > (x.get(to) ?? 0)
  })
  expect(back).toHaveLength(1)
})

test('two waits between the same two are two lines, and nobody is an empty drawing', () => {
  const { edges } = layOutGraph({
    ids: ['a', 'b'],
    edges: [
      { id: 'first', from: 'a', to: 'b' },
      { id: 'second', from: 'a', to: 'b' },
    ],
  })
  expect(edges.map((it) => it.id)).toEqual(['first', 'second'])
  expect(edges[0]?.points).not.toEqual(edges[1]?.points)
  expect(layOutGraph({ ids: [], edges: [] })).toMatchObject({ width: 0, height: 0, nodes: [] })
})
