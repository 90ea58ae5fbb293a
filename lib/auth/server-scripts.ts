import type { Redis } from 'ioredis'
import { SERVER_PREFIX } from '../redis/keys'
import { type ScriptName, scripts } from '../redis/scripts.generated'

/** Runs a script on the control room's own keys. Answers its code and values. */
export type RunServerScript = (
  name: ScriptName,
  keys: string[],
  args: (string | number)[],
  actor?: string,
) => Promise<string[]>

export function createServerScripts(redis: Redis): RunServerScript {
  return async (name, keys, args, actor = 'system') => {
    const { lua, sha1 } = scripts[name]
    const all = [...keys, SERVER_PREFIX, actor, ...args.map(String)]
    try {
      return (await redis.evalsha(sha1, keys.length, ...all)) as string[]
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return (await redis.eval(lua, keys.length, ...all)) as string[]
    }
  }
}
