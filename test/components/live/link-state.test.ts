import { describe, expect, it } from 'vitest'
import { connectionOf, type LinkState } from '@/components/live/link-state'
import { knowledgeOf } from '@/lib/view/knowledge'

const T0 = 1_764_000_000_000
const known = (link: LinkState) => knowledgeOf({}, connectionOf(link), T0 + 10)

describe('who is alive', () => {
  it('is known while the board is live, and before the first one', () => {
    expect(known({ state: 'live' })).toEqual({ can: true })
    expect(known({ state: 'connecting' })).toEqual({ can: true })
  })

  it('is not known of a board that waits for its link', () => {
    expect(known({ state: 'connecting', since: T0 })).toEqual({
      can: false,
      why: 'link',
      since: T0,
    })
  })

  it('is not known while the server or Redis is out of reach, until the next try', () => {
    const stale = { state: 'stale', since: T0, nextTryAt: T0 + 500 } as const
    expect(known({ ...stale, reason: 'socket' })).toMatchObject({ why: 'link', until: T0 + 500 })
    expect(known({ ...stale, reason: 'redis' })).toMatchObject({ why: 'redis', since: T0 })
  })
})
