import { expect, it } from 'vitest'
import { nodeTowards } from '@/components/ui/node-towards'

// Two wait for the lead, and one of them for the other as well.
const nodes = [
  { id: 'one', x: 0, y: 0 },
  { id: 'two', x: 100, y: 40 },
  { id: 'lead', x: 200, y: 20 },
  { id: 'far', x: 0, y: 200 },
]

it('an arrow key leads to the nearest that way', () => {
  expect(nodeTowards(nodes, 'one', 'ArrowRight')).toBe('two')
  expect(nodeTowards(nodes, 'two', 'ArrowRight')).toBe('lead')
  expect(nodeTowards(nodes, 'lead', 'ArrowLeft')).toBe('two')
  expect(nodeTowards(nodes, 'one', 'ArrowDown')).toBe('far')
  expect(nodeTowards(nodes, 'far', 'ArrowUp')).toBe('one')
})

it('leads nowhere past the edge, and to both ends', () => {
  expect(nodeTowards(nodes, 'one', 'ArrowLeft')).toBeUndefined()
  expect(nodeTowards(nodes, 'one', 'Enter')).toBeUndefined()
  expect(nodeTowards(nodes, 'lead', 'Home')).toBe('one')
  expect(nodeTowards(nodes, 'one', 'End')).toBe('far')
})

it('reaches every node of a line from any other', () => {
  const line = Array.from({ length: 5 }, (_, at) => ({ id: `n${at}`, x: at * 90, y: 0 }))
  let at = 'n0'
  for (let step = 0; step < 4; step++) at = nodeTowards(line, at, 'ArrowRight') ?? at
  expect(at).toBe('n4')
})
