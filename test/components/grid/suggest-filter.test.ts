import { describe, expect, it } from 'vitest'
import { suggestFor } from '@/components/grid/suggest-filter'

const known = {
  words: { swarm: 'a swarm', status: 'a status' },
  values: { swarm: ['auth', 'billing'], status: ['dead', 'stale', 'stopped'] },
}
const shown = (text: string) => suggestFor(text, known).map((it) => it.shown)
const taken = (text: string) => suggestFor(text, known)[0]?.text

describe('what can stand next in a filter', () => {
  it('offers words, then a word’s values', () => {
    expect(shown('')).toEqual(['swarm:', 'status:'])
    expect(shown('st')).toEqual(['status:'])
    expect(shown('status:')).toEqual(['dead', 'stale', 'stopped'])
    expect(shown('status:st')).toEqual(['stale', 'stopped'])
  })

  it('goes on at the end of what stands there already', () => {
    expect(taken('swarm:auth st')).toBe('swarm:auth status:')
    expect(taken('swarm:auth status:dead,s')).toBe('swarm:auth status:dead,stale ')
    expect(taken('-sw')).toBe('-swarm:')
  })

  it('does not offer what is taken, nor anything for a word it does not know', () => {
    expect(shown('status:dead,')).toEqual(['stale', 'stopped'])
    expect(shown('colour:')).toEqual([])
  })
})
