import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SignInRefusedError, TooManyAttemptsError, UserRuleError } from '@/lib/auth/auth-errors'
import type { AuthService, Revocation } from '@/lib/auth/auth-service'
import { createAuth } from '@/lib/auth/create-auth'
import { LIMITS } from '@/lib/auth/limiter'
import { SERVER_PREFIX, serverKeys } from '@/lib/redis/keys'
import { startTestRedis, type TestRedis } from '@/test/redis'

const from = { address: '192.0.2.1', userAgent: 'test' }
const password = 'correct horse battery'

let server: TestRedis
let redis: ReturnType<TestRedis['client']>
let auth: AuthService

beforeAll(async () => {
  server = await startTestRedis()
  redis = server.client()
})
beforeEach(async () => {
  await auth?.close()
  await server.flush()
  auth = createAuth({ redis })
})
afterAll(async () => {
  await auth.close()
  await server.stop()
})

async function firstAdmin() {
  const link = await auth.createSignInLink({ user: 'operator', role: 'admin', first: true })
  return auth.signInWithLink(link, from)
}

describe('sign-in link', () => {
  it('makes the first operator, with role admin', async () => {
    expect(await auth.hasUsers()).toBe(false)
    const { session } = await firstAdmin()
    expect(session).toMatchObject({ user: 'operator', role: 'admin', address: from.address })
    expect(await auth.users()).toMatchObject([
      { name: 'operator', role: 'admin', hasPassword: false },
    ])
  })

  it('lets the first operator choose a name', async () => {
    const link = await auth.createSignInLink({ user: 'operator', role: 'admin', first: true })
    const { session } = await auth.signInWithLink(link, from, 'mira')
    expect(session.user).toBe('mira')
  })

  it('opens no account but its own, whatever name comes with it', async () => {
    await auth.addUser({ name: 'mira', role: 'admin', by: 'test' })
    const first = await auth.createSignInLink({ user: 'operator', role: 'viewer', first: true })
    await expect(auth.signInWithLink(first, from, 'mira')).rejects.toThrow(SignInRefusedError)
    await auth.addUser({ name: 'noor', role: 'viewer', by: 'test' })
    const own = await auth.createSignInLink({ user: 'noor' })
    expect((await auth.signInWithLink(own, from, 'mira')).session.user).toBe('noor')
  })

  it('is used once, also by twenty at once', async () => {
    const link = await auth.createSignInLink({ user: 'operator', role: 'admin', first: true })
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => auth.signInWithLink(link, from)),
    )
    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1)
    expect(await auth.sessions()).toHaveLength(1)
  })

  it('ends by time', async () => {
    const link = await auth.createSignInLink({ user: 'operator', role: 'admin' })
    const [key] = await redis.keys(`${SERVER_PREFIX}link:*`)
    expect(await redis.pttl(key ?? '')).toBeGreaterThan(14 * 60_000)
    expect(await redis.pttl(key ?? '')).toBeLessThanOrEqual(15 * 60_000)
    await redis.del(key ?? '')
    await expect(auth.signInWithLink(link, from)).rejects.toThrow(SignInRefusedError)
  })
})

describe('session', () => {
  it('stores no token', async () => {
    const { token } = await firstAdmin()
    expect(token).toHaveLength(43)
    for (const key of await redis.keys('*')) {
      expect(key).not.toContain(token)
      const stored = (await redis.type(key)) === 'hash' ? await redis.hgetall(key) : {}
      expect(JSON.stringify(stored)).not.toContain(token)
    }
  })

  it('ends after 30 idle minutes, which activity starts anew, and after 12 hours at the latest', async () => {
    const { session } = await firstAdmin()
    expect(session.expiresAt - session.createdAt).toBe(12 * 3_600_000)
    expect(session.idleUntil - session.lastSeenAt).toBe(30 * 60_000)
    const key = `${SERVER_PREFIX}session:${session.id}`
    // As if 20 minutes had passed.
    await redis.hset(key, 'lastSeenAt', session.lastSeenAt - 20 * 60_000)
    const looked = await auth.sessionById(session.id, { slide: false })
    expect(looked?.idleUntil).toBe(session.idleUntil - 20 * 60_000)
    expect((await auth.sessionById(session.id))?.idleUntil).toBeGreaterThanOrEqual(
      session.idleUntil,
    )
    // As if 31 had.
    await redis.hset(key, 'lastSeenAt', session.lastSeenAt - 31 * 60_000)
    expect(await auth.sessionById(session.id)).toBeNull()
  })

  it('does not live past its end by activity', async () => {
    const { token, session } = await firstAdmin()
    const key = `${SERVER_PREFIX}session:${session.id}`
    const [seconds] = await redis.time()
    await redis.hset(key, 'expiresAt', Number(seconds) * 1000 - 1)
    expect(await auth.session(token)).toBeNull()
    expect(await redis.exists(key)).toBe(0)
  })

  it('is not another token, nor another session id', async () => {
    const { session } = await firstAdmin()
    expect(await auth.session(session.id)).toBeNull()
    expect(await auth.session('')).toBeNull()
  })

  it('has the role of now', async () => {
    await firstAdmin()
    await auth.addUser({ name: 'noor', role: 'viewer', by: 'test' })
    const { token } = await auth.signInWithLink(await auth.createSignInLink({ user: 'noor' }), from)
    await auth.setRole('noor', 'operator')
    expect((await auth.session(token))?.role).toBe('operator')
  })

  it('is revoked, and every server hears of it', async () => {
    const { token, session } = await firstAdmin()
    const other = createAuth({ redis: server.client() })
    const heard = new Promise<Revocation>((resolve) => other.onRevoked(resolve))
    await expect.poll(() => redis.pubsub('NUMSUB', `${SERVER_PREFIX}revoked`)).toContain(1)
    expect(await auth.revokeSession(session.id)).toBe(true)
    expect(await heard).toEqual({ sessions: [session.id] })
    expect(await auth.session(token)).toBeNull()
    expect(await auth.touch([session.id])).toEqual([session.id])
    expect(await auth.revokeSession(session.id)).toBe(false)
    await other.close()
  })

  it('ends with its user', async () => {
    await firstAdmin()
    await auth.addUser({ name: 'noor', role: 'viewer', by: 'test' })
    const { token } = await auth.signInWithLink(await auth.createSignInLink({ user: 'noor' }), from)
    await auth.removeUser('noor')
    expect(await auth.session(token)).toBeNull()
    expect(await auth.sessions('noor')).toEqual([])
  })

  it('is one of at most fifty of a user', async () => {
    await auth.addUser({ name: 'noor', role: 'viewer', by: 'test' })
    for (let i = 0; i < 55; i++) {
      await auth.signInWithLink(await auth.createSignInLink({ user: 'noor' }), from)
    }
    expect(await auth.sessions('noor')).toHaveLength(50)
  })
})

describe('password', () => {
  beforeEach(async () => {
    await auth.addUser({ name: 'noor', role: 'operator', password, by: 'test' })
  })

  it('signs in, and nothing else does', async () => {
    const { session } = await auth.signInWithPassword('noor', password, from)
    expect(session.role).toBe('operator')
    for (const [name, wrong] of [
      ['noor', `${password} `],
      ['noor', ''],
      ['nobody', password],
      ['__proto__', password],
    ] as const) {
      await expect(auth.signInWithPassword(name, wrong, from)).rejects.toThrow(SignInRefusedError)
    }
  })

  it('is not in Redis', async () => {
    const stored = await redis.hget(`${SERVER_PREFIX}user:noor`, 'password')
    expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/)
    expect(stored).not.toContain(password)
  })

  it('allows five tries in 15 min per account and address, also at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => auth.signInWithPassword('noor', 'wrong', from)),
    )
    const reasons = tries.map((it) => (it.status === 'rejected' ? it.reason : undefined))
    expect(reasons.filter((it) => it instanceof SignInRefusedError)).toHaveLength(5)
    expect(reasons.filter((it) => it instanceof TooManyAttemptsError)).toHaveLength(7)
    // The right one does not come through either, but does from elsewhere.
    await expect(auth.signInWithPassword('noor', password, from)).rejects.toThrow(
      TooManyAttemptsError,
    )
    await auth.signInWithPassword('noor', password, { address: '192.0.2.2' })
  })

  it('allows fifty wrong ones from one place, whatever accounts they are for', async () => {
    expect(LIMITS.signInsFrom).toEqual({ most: 50, windowMs: 15 * 60_000 })
    await auth.close()
    auth = createAuth({ redis, limits: { signInsFrom: { most: 2, windowMs: 60_000 } } })
    const guess = (name: string, n: number) =>
      auth.signInWithPassword(name, 'wrong', { address: `2001:db8::${n}` })
    await expect(guess('ann-1', 1)).rejects.toThrow(SignInRefusedError)
    // An account of one's own does not wipe out what was tried on others.
    await auth.signInWithPassword('noor', password, { address: '2001:db8::9' })
    await expect(guess('ann-3', 3)).rejects.toThrow(SignInRefusedError)
    await expect(guess('ann-4', 4)).rejects.toThrow(TooManyAttemptsError)
    await expect(
      auth.signInWithPassword('noor', password, { address: '2001:db8::9' }),
    ).rejects.toThrow(TooManyAttemptsError)
    await auth.signInWithPassword('noor', password, { address: '2001:db8:0:1::9' })
  })

  it('clears the tries when it is right', async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) {
        await expect(auth.signInWithPassword('noor', 'wrong', from)).rejects.toThrow(
          SignInRefusedError,
        )
      }
      await auth.signInWithPassword('noor', password, from)
    }
  })

  it('ends all other sessions when it changes', async () => {
    const own = await auth.signInWithPassword('noor', password, from)
    const other = await auth.signInWithPassword('noor', password, from)
    await auth.setPassword('noor', 'another long password', { keepSession: own.session.id })
    expect(await auth.session(own.token)).not.toBeNull()
    expect(await auth.session(other.token)).toBeNull()
    expect(await auth.confirmPassword('noor', password, from)).toBe(false)
    expect(await auth.confirmPassword('noor', 'another long password', from)).toBe(true)
  })

  it('has at least 12 characters', async () => {
    await expect(auth.setPassword('noor', 'short')).rejects.toMatchObject({
      rule: 'password-too-short',
    })
  })
})

describe('users', () => {
  it('always keep one admin', async () => {
    await firstAdmin()
    await expect(auth.setRole('operator', 'viewer')).rejects.toMatchObject({ rule: 'last-admin' })
    await expect(auth.removeUser('operator')).rejects.toMatchObject({ rule: 'last-admin' })
    await auth.addUser({ name: 'mira', role: 'admin', by: 'operator' })
    const both = await Promise.allSettled([auth.removeUser('operator'), auth.removeUser('mira')])
    expect(both.filter((it) => it.status === 'fulfilled')).toHaveLength(1)
    expect(await auth.users()).toHaveLength(1)
  })

  it('are made once', async () => {
    const makers = Array.from({ length: 5 }, () =>
      auth.addUser({ name: 'noor', role: 'viewer', by: 'test' }),
    )
    const made = await Promise.allSettled(makers)
    expect(made.filter((it) => it.status === 'fulfilled')).toHaveLength(1)
  })

  it('that are not there cannot be changed', async () => {
    await expect(auth.setRole('nobody', 'admin')).rejects.toThrow(UserRuleError)
    await expect(auth.setPassword('nobody', password)).rejects.toThrow(UserRuleError)
    await expect(auth.removeUser('nobody')).rejects.toThrow(UserRuleError)
    await auth.addUser({ name: 'noor', role: 'viewer', by: 'test' })
    expect(await redis.keys(`${SERVER_PREFIX}user:*`)).toEqual([`${SERVER_PREFIX}user:noor`])
  })
})

describe('machine token', () => {
  it('is known by its hash only, until it is revoked', async () => {
    const scope = { kind: 'swarm', id: 'swarm-a' } as const
    const { token, id } = await auth.createMachineToken({ name: 'ci', scope, by: 'operator' })
    expect(JSON.stringify(await redis.keys('*'))).not.toContain(token)
    expect(await auth.machine(token)).toMatchObject({
      id,
      name: 'ci',
      scope,
      lastUsedAt: undefined,
    })
    expect((await auth.machineTokens())[0]).toMatchObject({ id, lastUsedAt: expect.any(Number) })
    expect(await auth.machine(`${token}x`)).toBeNull()
    expect(await auth.revokeMachineToken(id)).toBe(true)
    expect(await auth.machine(token)).toBeNull()
    expect(await auth.machineTokens()).toEqual([])
    expect(await auth.revokeMachineToken(id)).toBe(false)
  })

  it('opens nothing where its record is damaged, and hides no other', async () => {
    const scope = { kind: 'metrics' } as const
    const bad = await auth.createMachineToken({ name: 'bad', scope, by: 'operator' })
    const good = await auth.createMachineToken({ name: 'good', scope, by: 'operator' })
    await redis.hset(serverKeys.machineToken(bad.id), 'scope', 'no json')
    expect(await auth.machineTokens()).toMatchObject([{ id: good.id }])
    expect(await auth.machine(bad.token)).toBeNull()
  })
})

describe('actions', () => {
  it('are limited to 120 a minute per user', async () => {
    const answers = await Promise.all(
      Array.from({ length: 130 }, () => auth.takeAction({ user: 'noor' })),
    )
    expect(answers.filter((it) => it.allowed)).toHaveLength(120)
    const refused = answers.find((it) => !it.allowed)
    expect(refused?.allowed === false && refused.retryAfterMs).toBeGreaterThan(0)
    expect(await auth.takeAction({ user: 'mira' })).toEqual({ allowed: true })
  })
})
