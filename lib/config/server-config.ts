import type { z } from 'zod'
import type { RedisAddress } from './redis-address'
import {
  bareHost,
  type ServerVariable,
  type SpawnPrograms,
  serverVariables,
} from './server-variables'

/** What the control room is told from outside, checked. */
export interface ServerConfig {
  readonly host: string
  /** 0 until it listens, when a free one is to be taken. */
  readonly port: number
  /** The address people open, without a slash at its end; undefined is `http://host:port`. */
  readonly publicUrl: string | undefined
  /** Proxies of ours that stand in front. */
  readonly proxies: number
  readonly redis: RedisAddress
  readonly namespace: string | undefined
  readonly secret: string
  /** Its ACKs are accepted as well, while the secret is being replaced. */
  readonly secondSecret: string | undefined
  readonly replicas: number
  readonly sweepMs: number
  readonly spawnPrograms: SpawnPrograms
  /** A file with all that a coordinator has to know, to be named on an empty board. */
  readonly coordinatorEnv: string | undefined
  /** Addresses and networks that webhooks may reach though they are private. */
  readonly privateWebhooks: readonly string[]
  readonly limits: {
    readonly signInTries: number
    readonly actionsAMinute: number
    readonly machineCallsAMinute: number
  }
  readonly logLevel: string
  readonly development: boolean
}

/** The environment names something that cannot be used; each line says which variable, and its rule. */
export class ServerConfigError extends Error {
  override readonly name = 'ServerConfigError'
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'))
  }
}

/**
 * Reads the environment, here and nowhere else.
 *
 * @throws ServerConfigError with every rule that is broken, not only the first; never with a value
 */
export function readServerConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const problems: string[] = []
  const read = <N extends ServerVariable>(
    name: N,
  ): z.infer<(typeof serverVariables)[N]['schema']> => {
    const variable = serverVariables[name]
    // An empty variable is how many shells say "not set".
    const text = env[name] === '' ? undefined : env[name]
    const parsed = variable.schema.safeParse(text ?? variable.default)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) problems.push(`${name} ${issue.message}.`)
    }
    return parsed.data as z.infer<(typeof serverVariables)[N]['schema']>
  }

  const redisUrl = read('REDIS_URL')
  const hosts = read('REDIS_SENTINELS')
  if (redisUrl && hosts) {
    problems.push('REDIS_URL and REDIS_SENTINELS name two places: unset one of them.')
  }
  const login = { username: read('REDIS_USERNAME'), password: read('REDIS_PASSWORD') }
  const sentinels = hosts && {
    hosts,
    name: read('REDIS_SENTINEL_NAME'),
    password: read('REDIS_SENTINEL_PASSWORD'),
  }
  const redis: RedisAddress = redisUrl
    ? addressOf(redisUrl, login.password)
    : {
        ...(sentinels ? { sentinels } : { host: read('REDIS_HOST'), port: read('REDIS_PORT') }),
        ...login,
        database: 0,
        tls: false,
      }
  const config: ServerConfig = {
    host: read('HOST'),
    port: read('PORT'),
    publicUrl: read('SIGNALBOX_URL')?.replace(/\/+$/, ''),
    proxies: read('SIGNALBOX_PROXIES'),
    redis,
    namespace: read('SIGNALBOX_NAMESPACE'),
    secret: read('BLOCKING_COORDINATION_SECRET'),
    secondSecret: read('BLOCKING_COORDINATION_SECOND_SECRET'),
    replicas: read('BLOCKING_COORDINATION_REPLICAS'),
    sweepMs: read('SIGNALBOX_SWEEP_MS'),
    spawnPrograms: read('SIGNALBOX_SPAWN') ?? {},
    coordinatorEnv: read('SIGNALBOX_COORDINATOR_ENV'),
    privateWebhooks: read('SIGNALBOX_PRIVATE_WEBHOOKS') ?? [],
    limits: {
      signInTries: read('SIGNALBOX_SIGN_IN_TRIES'),
      actionsAMinute: read('SIGNALBOX_ACTIONS_A_MINUTE'),
      machineCallsAMinute: read('SIGNALBOX_MACHINE_CALLS_A_MINUTE'),
    },
    logLevel: read('LOG_LEVEL'),
    development: read('NODE_ENV') === 'development',
  }
  if (problems.length > 0) throw new ServerConfigError(problems)
  return config
}

function addressOf(text: string, password: string | undefined): RedisAddress {
  const url = new URL(text)
  return {
    host: bareHost(url) || '127.0.0.1',
    port: Number(url.port || 6379),
    username: url.username ? decodeURIComponent(url.username) : undefined,
    password: url.password ? decodeURIComponent(url.password) : password,
    database: Number(url.pathname.slice(1) || 0),
    tls: url.protocol === 'rediss:',
  }
}
