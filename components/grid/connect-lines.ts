interface HostAndPort {
  readonly host: string
  readonly port: number
}

/** Where coordinators find the same Redis, without its password. */
export type ConnectPlace =
  | HostAndPort
  | { readonly sentinels: readonly HostAndPort[]; readonly name: string }

/** What a shell has to know beside the password and the secret. */
export function exportLines(redis: ConnectPlace): string[] {
  return 'sentinels' in redis ? [] : [`export REDIS_HOST=${redis.host} REDIS_PORT=${redis.port}`]
}

/** How a program reaches it, up to a client that is connected. */
export function connectLines(redis: ConnectPlace): string {
  if (!('sentinels' in redis))
    return `import { BlockingCoordinationManager, createClient } from 'signalbox'

const redisClient = createClient({
  socket: { host: process.env.REDIS_HOST, port: Number(process.env.REDIS_PORT) },
  password: process.env.REDIS_PASSWORD,
})
await redisClient.connect()`
  const sentinels = redis.sentinels.map(
    ({ host, port }) => `    { host: '${host}', port: ${port} },`,
  )
  return `import { Redis } from 'ioredis'
import { BlockingCoordinationManager } from 'signalbox'

const redisClient = new Redis({
  sentinels: [
${sentinels.join('\n')}
  ],
  name: '${redis.name}',
  password: process.env.REDIS_PASSWORD,
})`
}
