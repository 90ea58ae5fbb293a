import { describe, expect, it } from 'vitest'
import {
  clearedSessionCookie,
  readSessionCookie,
  sessionCookie,
  sessionCookieName,
} from '@/lib/auth/session-cookie'

const token = 'a'.repeat(43)

describe('session cookie', () => {
  it('is bound to the host over TLS, and has no prefix on plain loopback', () => {
    expect(sessionCookieName(true)).toBe('__Host-signalbox')
    expect(sessionCookieName(false)).toBe('signalbox')
    expect(sessionCookie(token, 43_200_000, true)).toBe(
      `__Host-signalbox=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure`,
    )
    expect(sessionCookie(token, 1000, false)).not.toContain('Secure')
    expect(clearedSessionCookie(false)).toContain('Max-Age=0')
  })

  it('is read among others, and only by its own name', () => {
    expect(readSessionCookie(`a=b; signalbox=${token}; c=d`, false)).toBe(token)
    expect(readSessionCookie(`signalbox=${token}`, true)).toBeUndefined()
    expect(readSessionCookie(`xsignalbox=${token}`, false)).toBeUndefined()
    expect(readSessionCookie('signalbox=short', false)).toBeUndefined()
    expect(readSessionCookie(`signalbox=${token}\r\nx: y`, false)).toBeUndefined()
    expect(readSessionCookie(null, false)).toBeUndefined()
  })
})
