import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from '@/lib/auth/password'

// Slow by design, and slower on a busy machine.
describe('password hash', { timeout: 60_000 }, () => {
  it('fits its own password only, and is salted', async () => {
    const [one, two] = await Promise.all([hashPassword('über-secret'), hashPassword('über-secret')])
    expect(one).not.toBe(two)
    expect(await verifyPassword('über-secret', one)).toBe(true)
    // The same word, typed as u and two dots.
    expect(await verifyPassword('u\u0308ber-secret', one)).toBe(true)
    expect(await verifyPassword('uber-secret', one)).toBe(false)
  })

  it('that cannot be read is nobody’s, and costs nothing absurd', async () => {
    const good = await hashPassword('secret')
    const key = good.split('$')[5] ?? ''
    const bad = ['', 'plain', good.slice(0, -8), `scrypt$1073741824$8$1$c2FsdA==$${key}`]
    for (const stored of [
      ...bad,
      `scrypt$-1$8$1$c2FsdA==$${key}`,
      `scrypt$a$8$1$c2FsdA==$${key}`,
    ]) {
      expect(await verifyPassword('secret', stored)).toBe(false)
    }
  })
})
