import type { Redis } from 'ioredis'
import { z } from 'zod'
import { idSchema } from '../protocol/ids'
import { type MachineScope, machineScopeSchema } from '../protocol/settings'
import { serverKeys } from '../redis/keys'
import { parseJsonText } from '../redis/records/parse-json-text'
import type { RunScript } from '../redis/run-script'
import { TooManyTokensError } from './auth-errors'
import type { MachineTokenInfo } from './auth-service'
import { createSecretToken, hashSecretToken } from './secret-token'

const MAX_TOKENS = 1000

const storedSchema = z.object({
  name: z.string(),
  scope: z.string().transform(parseJsonText).pipe(machineScopeSchema),
  createdAt: z.coerce.number().int(),
  createdBy: z.string(),
  lastUsedAt: z.coerce.number().int().optional(),
})

export function createMachineTokenStore(redis: Redis, run: RunScript) {
  return {
    async machine(token: string): Promise<MachineTokenInfo | null> {
      const id = hashSecretToken(token)
      const [code, name, scope, createdAt, createdBy, lastUsedAt] = await run(
        'useMachineToken',
        [serverKeys.machineToken(id)],
        [],
      )
      if (code !== 'OK') return null
      const used = lastUsedAt === '' ? undefined : lastUsedAt
      const stored = storedSchema.safeParse({ name, scope, createdAt, createdBy, lastUsedAt: used })
      return stored.success ? { id, ...stored.data } : null
    },
    async createMachineToken(it: { name: string; scope: MachineScope; by: string }) {
      const token = createSecretToken()
      const id = hashSecretToken(token)
      const keys = [serverKeys.machineToken(id), serverKeys.machineTokens]
      const scope = JSON.stringify(machineScopeSchema.parse(it.scope))
      const args = [id, idSchema.parse(it.name), scope, it.by, MAX_TOKENS]
      if ((await run('addMachineToken', keys, args))[0] !== 'OK')
        throw new TooManyTokensError(MAX_TOKENS)
      return { token, id }
    },
    async machineTokens(): Promise<MachineTokenInfo[]> {
      const ids = await redis.smembers(serverKeys.machineTokens)
      const tokens = await Promise.all(
        ids.map(async (id) => {
          const stored = storedSchema.safeParse(await redis.hgetall(serverKeys.machineToken(id)))
          return stored.success ? { id, ...stored.data } : null
        }),
      )
      return tokens.filter((it) => it !== null).sort((a, b) => b.createdAt - a.createdAt)
    },
    async revokeMachineToken(id: string) {
      const keys = [serverKeys.machineToken(id), serverKeys.machineTokens]
      return (await run('removeMachineToken', keys, [id]))[0] === 'OK'
    },
  }
}
