import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { ServerConfig } from '../config/server-config'
import { serverKeys } from '../redis/keys'
import type { RunScript } from '../redis/run-script'
import type { LimitAnswer } from './auth-service'

export interface Limit {
  most: number
  windowMs: number
}

export interface Limits {
  /** Per account and address; a right password clears it. */
  signIn: Limit
  /** Wrong passwords per address, for whatever accounts: each try costs the server a tenth of a second. */
  signInsFrom: Limit
  /** Sign-in links that opened nothing, per address: their tokens cannot be guessed anyway. */
  link: Limit
  actions: Limit
  machineActions: Limit
  /** Of all coordinators that come by HTTP with one token. */
  machineCalls: Limit
}

export const LIMITS: Limits = {
  signIn: { most: 5, windowMs: 15 * 60_000 },
  signInsFrom: { most: 50, windowMs: 15 * 60_000 },
  link: { most: 20, windowMs: 15 * 60_000 },
  actions: { most: 120, windowMs: 60_000 },
  machineActions: { most: 600, windowMs: 60_000 },
  machineCalls: { most: 3000, windowMs: 60_000 },
}

/** What the environment says about them; for what it does not name, `LIMITS` counts. */
export function limitsOf(told: ServerConfig['limits']): Partial<Limits> {
  const { signIn, signInsFrom, actions, machineCalls } = LIMITS
  return {
    signIn: { ...signIn, most: told.signInTries },
    signInsFrom: { ...signInsFrom, most: told.signInTries * 10 },
    actions: { ...actions, most: told.actionsAMinute },
    machineCalls: { ...machineCalls, most: told.machineCallsAMinute },
  }
}

export function createLimiter(redis: Redis, run: RunScript) {
  return {
    /** Counted in Redis, so that many servers are one. */
    async take(what: keyof Limits, who: string, { most, windowMs }: Limit): Promise<LimitAnswer> {
      const attempt = randomBytes(9).toString('base64url')
      const key = serverKeys.limit(what, who)
      const [code, retryAfter] = await run('takeLimit', [key], [most, windowMs, attempt])
      return code === 'OK'
        ? { allowed: true }
        : { allowed: false, retryAfterMs: Number(retryAfter) }
    },
    /** One attempt does not count after all. */
    async giveBack(what: keyof Limits, who: string) {
      await redis.zpopmax(serverKeys.limit(what, who))
    },
    async clear(what: keyof Limits, who: string) {
      await redis.del(serverKeys.limit(what, who))
    },
  }
}
