import type { Redis } from 'ioredis'
import { z } from 'zod'
import { type Role, roleSchema } from '../protocol/commands'
import { idSchema } from '../protocol/ids'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../protocol/settings'
import { serverKeys } from '../redis/keys'
import type { RunScript } from '../redis/run-script'
import { UserRuleError } from './auth-errors'
import type { UserInfo } from './auth-service'
import { hashPassword, verifyAgainstNobody, verifyPassword } from './password'
import { createSecretToken, hashSecretToken } from './secret-token'

const storedSchema = z.object({
  role: roleSchema,
  createdAt: z.coerce.number().int(),
  createdBy: z.string(),
  password: z.string().optional(),
})

function checkPassword(user: string, password: string): void {
  if (password.length < MIN_PASSWORD_LENGTH) {
    const rule = `A password has at least ${MIN_PASSWORD_LENGTH} characters.`
    throw new UserRuleError('password-too-short', user, rule)
  }
  if (password.length > MAX_PASSWORD_LENGTH) {
    const rule = `A password has at most ${MAX_PASSWORD_LENGTH} characters.`
    throw new UserRuleError('password-too-long', user, rule)
  }
}

function checkCode(code: string | undefined, user: string): void {
  if (code === 'CONFLICT') {
    throw new UserRuleError('exists', user, `There is a user "${user}" already.`)
  }
  if (code === 'LAST_ADMIN') {
    const rule = `"${user}" is the last admin: make somebody else admin first.`
    throw new UserRuleError('last-admin', user, rule)
  }
  if (code !== 'OK') throw new UserRuleError('unknown', user, `There is no user "${user}".`)
}

export function createUserStore(redis: Redis, run: RunScript, linkMs: number) {
  async function read(name: string) {
    if (!idSchema.safeParse(name).success) return null
    const stored = storedSchema.safeParse(await redis.hgetall(serverKeys.user(name)))
    return stored.success ? stored.data : null
  }

  async function user(name: string): Promise<UserInfo | null> {
    const stored = await read(name)
    if (stored === null) return null
    const { password, ...rest } = stored
    return { name, ...rest, hasPassword: password !== undefined }
  }

  return {
    user,
    async users(): Promise<UserInfo[]> {
      const names = (await redis.smembers(serverKeys.users)).sort()
      return (await Promise.all(names.map(user))).filter((it) => it !== null)
    },
    async hasUsers() {
      return (await redis.scard(serverKeys.users)) > 0
    },
    async addUser(it: { name: string; role: Role; password?: string | undefined; by: string }) {
      const name = idSchema.parse(it.name)
      if (it.password !== undefined) checkPassword(name, it.password)
      const hash = it.password === undefined ? '' : await hashPassword(it.password)
      const keys = [serverKeys.user(name), serverKeys.users]
      checkCode((await run('addUser', keys, [name, it.role, hash, it.by]))[0], name)
    },
    async setRole(name: string, role: Role) {
      checkCode((await run('setUserRole', [serverKeys.user(name)], [name, role]))[0], name)
    },
    async setPassword(name: string, password: string, options: { keepSession?: string } = {}) {
      checkPassword(name, password)
      const keys = [serverKeys.user(name), serverKeys.sessionsOf(name)]
      const hash = await hashPassword(password)
      const args = [name, hash, options.keepSession ?? '']
      checkCode((await run('setUserPassword', keys, args))[0], name)
    },
    async removeUser(name: string) {
      const keys = [serverKeys.user(name), serverKeys.users, serverKeys.sessionsOf(name)]
      checkCode((await run('removeUser', keys, [name]))[0], name)
    },
    async verifyPassword(name: string, password: string): Promise<boolean> {
      const stored = await read(name)
      return stored?.password === undefined
        ? verifyAgainstNobody(password)
        : verifyPassword(password, stored.password)
    },
    async createSignInLink(link: { user: string; role?: Role; first?: boolean }): Promise<string> {
      const token = createSecretToken()
      const stored = JSON.stringify({ ...link, user: idSchema.parse(link.user) })
      await redis.set(serverKeys.signInLink(hashSecretToken(token)), stored, 'PX', linkMs)
      return token
    },
  }
}
