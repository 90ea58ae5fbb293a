import type { Redis } from 'ioredis'
import { SignInRefusedError, TooManyAttemptsError } from './auth-errors'
import type { AuthService, Origin, SessionInfo } from './auth-service'
import { createLimiter, LIMITS, type Limits } from './limiter'
import { createMachineTokenStore } from './machine-token-store'
import { placeOf } from './place-of'
import { createRevocations } from './revocations'
import { hashSecretToken } from './secret-token'
import { createServerScripts } from './server-scripts'
import { createSessionStore, SESSION_TIMES, type SessionTimes } from './session-store'
import { SIGN_IN_LINK_MS } from './sign-in-link-ms'
import { createUserStore } from './user-store'

export interface AuthParts {
  /** Not closed by `close`. */
  redis: Redis
  times?: Partial<SessionTimes>
  limits?: Partial<Limits>
  linkMs?: number
}

export function createAuth(parts: AuthParts): AuthService {
  const { redis } = parts
  const run = createServerScripts(redis)
  const limits = { ...LIMITS, ...parts.limits }
  const sessionStore = createSessionStore(redis, run, { ...SESSION_TIMES, ...parts.times })
  const userStore = createUserStore(redis, run, parts.linkMs ?? SIGN_IN_LINK_MS)
  const machineStore = createMachineTokenStore(redis, run)
  const limiter = createLimiter(redis, run)
  const revocations = createRevocations(redis)

  async function countSignIn(what: 'signIn' | 'signInsFrom' | 'link', who: string) {
    const answer = await limiter.take(what, who, limits[what])
    if (!answer.allowed) throw new TooManyAttemptsError(answer.retryAfterMs)
  }

  async function confirmPassword(name: string, password: string, from: Origin) {
    // Counted before the check: a hundred at once get no more tries than one after another.
    const place = placeOf(from.address)
    const who = `${name}:${place}`
    await countSignIn('signIn', who)
    await countSignIn('signInsFrom', place)
    const right = await userStore.verifyPassword(name, password)
    if (!right) return false
    await limiter.clear('signIn', who)
    // Not cleared: somebody with an account of their own could go on guessing those of others.
    await limiter.giveBack('signInsFrom', place)
    return true
  }

  async function sessionById(id: string, { slide = true } = {}): Promise<SessionInfo | null> {
    return (await sessionStore.read([id], slide))[0] ?? null
  }

  const { verifyPassword: _, ...users } = userStore
  return {
    ...users,
    ...machineStore,
    async signInWithLink(token: string, from: Origin, name?: string) {
      const place = placeOf(from.address)
      await countSignIn('link', place)
      const signedIn = await sessionStore.openByLink(token, from, name)
      await limiter.clear('link', place)
      return signedIn
    },
    async signInWithPassword(name: string, password: string, from: Origin) {
      if (!(await confirmPassword(name, password, from))) throw new SignInRefusedError('password')
      return sessionStore.open(name, from)
    },
    confirmPassword,
    session: (token) => sessionById(hashSecretToken(token)),
    sessionById,
    async touch(ids) {
      const sessions = await sessionStore.read(ids, true)
      return ids.filter((_, i) => sessions[i] === null)
    },
    async signOut(token) {
      await sessionStore.end(hashSecretToken(token))
    },
    async sessions(user) {
      const names = user === undefined ? (await userStore.users()).map((it) => it.name) : [user]
      const lists = await Promise.all(names.map((name) => sessionStore.list(name)))
      return lists.flat().sort((a, b) => b.lastSeenAt - a.lastSeenAt)
    },
    revokeSession: (id) => sessionStore.end(id),
    revokeSessionsOf: (user, { except } = {}) => sessionStore.endAllOf(user, except),
    onRevoked: (listener) => revocations.listen(listener),
    takeAction: (who) =>
      'user' in who
        ? limiter.take('actions', who.user, limits.actions)
        : limiter.take('machineActions', who.machine, limits.machineActions),
    takeCall: (machine) => limiter.take('machineCalls', machine, limits.machineCalls),
    async close() {
      revocations.close()
    },
  }
}
