import { describe, expect, it } from 'vitest'
import { closedHref, coordinatorHref, coordinatorInUrl } from '@/components/ui/coordinator-href'

const at = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'http://board')
  return coordinatorInUrl(pathname, searchParams)
}

describe('the address of a drawer', () => {
  it('is its own on the board, and a parameter in every other room', () => {
    expect(coordinatorHref('impl-1', '/', '')).toBe('/coordinators/impl-1')
    expect(coordinatorHref('impl-2', '/coordinators/impl-1', 'q=x')).toBe(
      '/coordinators/impl-2?q=x',
    )
    expect(coordinatorHref('impl-1', '/events', 'type=signal')).toBe(
      '/events?type=signal&coordinator=impl-1',
    )
  })

  it('closes to the room that it was opened in', () => {
    expect(closedHref('/coordinators/impl-1', 'q=x')).toBe('/?q=x')
    expect(closedHref('/events', 'type=signal&coordinator=impl-1')).toBe('/events?type=signal')
  })

  it('names who is shown', () => {
    expect(at('/coordinators/impl-1?q=x')).toBe('impl-1')
    expect(at('/waits?coordinator=impl-1')).toBe('impl-1')
    expect(at('/')).toBeUndefined()
  })
})
