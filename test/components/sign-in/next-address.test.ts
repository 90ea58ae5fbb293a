import { describe, expect, it } from 'vitest'
import { nextAddress } from '@/components/sign-in/next-address'

describe('where one goes after signing in', () => {
  it('is where one was', () => {
    expect(nextAddress('/events?type=signal')).toBe('/events?type=signal')
    expect(nextAddress('/coordinators/impl-1')).toBe('/coordinators/impl-1')
  })

  it.each([
    null,
    '',
    'events',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/.//evil.example/',
    '/here/..//evil.example/',
    '/%2e//evil.example/',
    '/\t/evil.example',
    'javascript:alert(1)',
  ])('never leaves this board: %j', (given) => {
    expect(nextAddress(given)).toBe('/')
  })
})
