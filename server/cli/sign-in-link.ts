import { parseArgs } from 'node:util'
import { createAuth } from '@/lib/auth/create-auth'
import { readServerConfig } from '@/lib/config/server-config'
import { ROLES, roleSchema } from '@/lib/protocol/commands'
import { ID_RULE, idSchema } from '@/lib/protocol/ids'
import { connectChecked } from '../redis/check-redis'
import { createRedisConnection } from '../redis/connect-redis'
import { firstSignInUrl, signInUrl } from '../sign-in-url'

// Prints a link that signs somebody in once: the way back for who lost theirs. Whoever can run this
// has the server's Redis and secret anyway.

const help = `sign-in-link [USER] [--role ${ROLES.join('|')}]

Prints a link that signs USER (default: operator) in, once. A user who does not exist yet is made
with the role (default: operator); one who exists keeps theirs.`

const REDIS_PATIENCE_MS = 5000

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string', default: 'operator' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return void console.log(help)
  const role = roleSchema.safeParse(values.role)
  if (!role.success) throw new Error(`--role must be one of ${ROLES.join(', ')}.`)
  const user = idSchema.safeParse(positionals[0] ?? 'operator')
  if (!user.success) throw new Error(`USER must be ${ID_RULE}.`)

  const config = readServerConfig(process.env)
  const redis = createRedisConnection(config.redis)
  const auth = createAuth({ redis })
  try {
    await connectChecked(redis, config.redis, REDIS_PATIENCE_MS)
    const url = config.publicUrl ?? `http://${config.host}:${config.port}`
    const first = await firstSignInUrl({ auth, url })
    console.log(
      first ?? signInUrl(url, await auth.createSignInLink({ user: user.data, role: role.data })),
    )
  } finally {
    await auth.close()
    redis.disconnect()
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
