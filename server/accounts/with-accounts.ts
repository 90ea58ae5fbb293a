import type { AuthService } from '@/lib/auth/auth-service'
import { createAuth } from '@/lib/auth/create-auth'
import { type AuditLog, createAuditLog } from '@/lib/commands/audit-log'
import { recordOperatorEvent } from '@/lib/commands/record-operator-event'
import { readServerConfig } from '@/lib/config/server-config'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { connectChecked } from '../redis/check-redis'
import { createRedisConnection } from '../redis/connect-redis'

const REDIS_PATIENCE_MS = 5000
/** Nobody knows which person it was: whoever can run a command on the server. */
const WHO = 'command-line'

export interface Accounts {
  readonly auth: AuthService
  /** The address people open. */
  readonly url: string
  /** What is done on the server's command line stands in the audit and in the log of the board as well. */
  note(action: string, target: string, detail?: string): Promise<void>
}

/** Whoever can run a command here has the server's Redis anyway: it asks for no password. */
export async function withAccounts(work: (accounts: Accounts) => Promise<void>): Promise<void> {
  const config = readServerConfig(process.env)
  const redis = createRedisConnection(config.redis)
  const auth = createAuth({ redis })
  try {
    await connectChecked(redis, config.redis, REDIS_PATIENCE_MS)
    const audit: AuditLog = createAuditLog(redis)
    const actor = `operator:${WHO}`
    const scripts = createScriptRunner(redis, namespaceKeys(config.namespace), actor)
    await work({
      auth,
      url: config.publicUrl ?? `http://${config.host}:${config.port}`,
      async note(action, target, detail) {
        const targets = [target]
        await audit.add({
          who: WHO,
          action,
          targets,
          outcome: 'done',
          ...(detail === undefined ? {} : { detail }),
        })
        const data = { operator: WHO, action, targets, ...(detail ? { result: detail } : {}) }
        await recordOperatorEvent({ actor, scripts }, { type: 'operator.acted', data })
      },
    })
  } finally {
    await auth.close()
    redis.disconnect()
  }
}

/** Runs a command's main, and says what went wrong in one line. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
