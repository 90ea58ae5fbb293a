import type { Redis } from 'ioredis'
import { z } from 'zod'
import { roleSchema } from '../protocol/commands'
import { idSchema } from '../protocol/ids'
import { serverKeys } from '../redis/keys'
import type { RunScript } from '../redis/run-script'
import { SignInRefusedError } from './auth-errors'
import type { Origin, SessionInfo, SignedIn } from './auth-service'
import { createSecretToken, hashSecretToken } from './secret-token'

export interface SessionTimes {
  idleMs: number
  lifeMs: number
}

export const SESSION_TIMES: SessionTimes = { idleMs: 30 * 60_000, lifeMs: 12 * 3_600_000 }

const FIELDS = 9
const timeField = z.coerce.number().int()
const storedSchema = z.tuple([
  z.string(),
  idSchema,
  roleSchema,
  timeField,
  timeField,
  timeField,
  timeField,
  z.string(),
  z.string(),
])

function parseSession(fields: string[]): SessionInfo | null {
  // The second field is the user: empty when the session is over.
  if (!fields[1]) return null
  const [id, user, role, createdAt, lastSeenAt, expiresAt, idleUntil, address, agent] =
    storedSchema.parse(fields)
  const userAgent = agent === '' ? undefined : agent
  return { id, user, role, createdAt, lastSeenAt, expiresAt, idleUntil, address, userAgent }
}

export interface SessionStore {
  /** @throws SignInRefusedError when there is no such user */
  open(user: string, from: Origin): Promise<SignedIn>
  /** @throws SignInRefusedError */
  openByLink(link: string, from: Origin, name: string | undefined): Promise<SignedIn>
  /** In the order of the ids; null for those that are over. */
  read(ids: readonly string[], slide: boolean): Promise<(SessionInfo | null)[]>
  list(user: string): Promise<SessionInfo[]>
  end(id: string): Promise<boolean>
  endAllOf(user: string, except: string | undefined): Promise<number>
}

export function createSessionStore(
  redis: Redis,
  run: RunScript,
  times: SessionTimes,
): SessionStore {
  const opening = (token: string, from: Origin) => {
    const id = hashSecretToken(token)
    const agent = (from.userAgent ?? '').slice(0, 200)
    return { id, origin: [times.idleMs, times.lifeMs, from.address.slice(0, 64), agent] }
  }
  const opened = (token: string, [code, ...fields]: string[], by: 'link' | 'password') => {
    const session = code === 'OK' ? parseSession(fields) : null
    if (session === null) throw new SignInRefusedError(by)
    return { token, session }
  }

  async function read(ids: readonly string[], slide: boolean) {
    if (ids.length === 0) return []
    const keys = ids.map((id) => serverKeys.session(id))
    const [, ...fields] = await run('touchSessions', keys, [slide ? '1' : '0', ...ids])
    return ids.map((_, i) => parseSession(fields.slice(i * FIELDS, (i + 1) * FIELDS)))
  }

  return {
    async open(user, from) {
      const token = createSecretToken()
      const { id, origin } = opening(token, from)
      const keys = [serverKeys.user(user), serverKeys.session(id), serverKeys.sessionsOf(user)]
      return opened(token, await run('openSession', keys, [id, user, ...origin]), 'password')
    },
    async openByLink(link, from, name) {
      const token = createSecretToken()
      const { id, origin } = opening(token, from)
      const keys = [serverKeys.signInLink(hashSecretToken(link)), serverKeys.session(id)]
      return opened(token, await run('useSignInLink', keys, [id, name ?? '', ...origin]), 'link')
    },
    read,
    async list(user) {
      const ids = await redis.zrange(serverKeys.sessionsOf(user), 0, '-1')
      return (await read(ids, false)).filter((it) => it !== null)
    },
    async end(id) {
      return (await run('endSession', [serverKeys.session(id)], [id]))[0] === 'OK'
    },
    async endAllOf(user, except) {
      const key = serverKeys.sessionsOf(user)
      const [, count] = await run('endSessionsOfUser', [key], [user, except ?? ''])
      return Number(count)
    },
  }
}
