import { describe, expect, it } from 'vitest'
import { boardStateOf, PLAIN_BOARD, withBoardState } from '@/components/grid/board-url'

const read = (search: string) => boardStateOf(new URLSearchParams(search))

describe('the board’s address', () => {
  it('is plain without parameters', () => {
    expect(read('')).toEqual(PLAIN_BOARD)
  })

  it('holds everything that is shown, and gives it back', () => {
    const state = {
      filter: 'status:dead,stale swarm:"a b"',
      grouping: 'status',
      density: 'lamp',
      order: 'worst',
    } as const
    expect(read(withBoardState(new URLSearchParams(), state).toString())).toEqual(state)
  })

  it('takes what it does not know for nothing', () => {
    expect(read('group=colour&density=huge&order=&q=x')).toEqual({ ...PLAIN_BOARD, filter: 'x' })
  })

  it('leaves plain values out and foreign ones in', () => {
    const search = new URLSearchParams('q=x&coordinator=lead&density=lamp')
    expect(withBoardState(search, PLAIN_BOARD).toString()).toBe('coordinator=lead')
  })
})
