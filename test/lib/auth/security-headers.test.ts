import { describe, expect, it } from 'vitest'
import { pagePolicy, securityHeaders } from '@/lib/auth/security-headers'

const policyOf = (options: Partial<Parameters<typeof pagePolicy>[0]> = {}) => {
  const policy = pagePolicy({
    nonce: 'abc',
    host: 'box.example:8443',
    development: false,
    secure: false,
    ...options,
  })
  return new Map(
    policy.split('; ').map((it) => {
      const [name = '', ...sources] = it.split(' ')
      return [name, sources]
    }),
  )
}

describe('the content security policy of a page', () => {
  it('lets no script run but those with the nonce, and those that they load', () => {
    expect(policyOf().get('script-src')).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"])
    expect(policyOf({ development: true }).get('script-src')).toContain("'unsafe-eval'")
  })

  it('lets nobody frame it, or move its addresses', () => {
    expect(policyOf().get('frame-ancestors')).toEqual(["'none'"])
    expect(policyOf().get('base-uri')).toEqual(["'none'"])
    expect(policyOf().get('object-src')).toEqual(["'none'"])
  })

  it('lets it speak to its own host only', () => {
    expect(policyOf().get('connect-src')).toEqual(["'self'", 'ws://box.example:8443'])
    expect(policyOf({ secure: true }).get('connect-src')).toContain('wss://box.example:8443')
    for (const host of [null, 'a; script-src *', 'a b', 'a,b', '']) {
      expect(policyOf({ host }).get('connect-src')).toEqual(["'self'"])
      expect(policyOf({ host }).get('script-src')).toHaveLength(3)
    }
  })
})

it('asks for TLS from now on only where there is TLS', () => {
  expect(securityHeaders(true)['strict-transport-security']).toMatch(/^max-age=\d{8}/)
  expect(securityHeaders(false)['strict-transport-security']).toBeUndefined()
  expect(securityHeaders(false)['x-content-type-options']).toBe('nosniff')
})
