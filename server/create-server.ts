import type { Logger } from 'pino'
import { createAuth } from '@/lib/auth/create-auth'
import { securityHeaders } from '@/lib/auth/security-headers'
import { createCommandService } from '@/lib/commands/command-service'
import { createCommands } from '@/lib/commands/create-commands'
import { publicOrigins } from '@/lib/config/public-origins'
import type { ServerConfig } from '@/lib/config/server-config'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { type Runtime, setRuntime } from '@/lib/runtime/runtime'
import { emptyView } from '@/lib/view/view'
import { Closers } from './closers'
import { createHttpServer, listen } from './http/http-server'
import { createPages, type Pages } from './http/next-pages'
import { connectChecked } from './redis/check-redis'
import { createRedisConnection } from './redis/connect-redis'

const REDIS_PATIENCE_MS = 10_000
const CLOSE_DEADLINE_MS = 2000

export interface ServerParts {
  config: ServerConfig
  log: Logger
  /** The project's folder, where Next finds its pages. */
  dir: string
}

export interface RunningServer {
  readonly url: string
  readonly runtime: Runtime
  /** Ends everything that was started, within seconds. Idempotent. */
  close(): Promise<void>
}

/**
 * The control room, whole: connected, listening, and showing.
 *
 * @throws in words for whoever started it; what was started by then is ended
 */
export async function createServer({ config, log, dir }: ServerParts): Promise<RunningServer> {
  const closers = new Closers(log, CLOSE_DEADLINE_MS)
  try {
    const redis = createRedisConnection(config.redis)
    closers.add('redis', () => redis.disconnect())
    await connectChecked(redis, config.redis, REDIS_PATIENCE_MS)
    redis.on('error', (error) => log.debug({ err: error }, 'redis'))

    const auth = createAuth({ redis })
    closers.add('auth', () => auth.close())

    const host = config.host
    // Listening comes first: the port may be any free one, and Next has to know it.
    let pages: Pages | undefined
    const http = createHttpServer({
      handle: async (request, response) => {
        if (pages) return pages.handle(request, response)
        response.writeHead(503, { 'retry-after': '1' }).end('Starting')
      },
      headers: securityHeaders(config.publicUrl?.startsWith('https:') ?? false),
      upgrades: [(request, socket, head) => pages?.upgrade(request, socket, head) ?? false],
      log,
    })
    const port = await listen(http, host, config.port)
    closers.add('http', () => {
      http.closeAllConnections()
      return new Promise((resolve) => http.close(resolve))
    })

    const url = config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    const runtime: Runtime = {
      config: { ...config, port },
      secure: url.startsWith('https:'),
      url,
      origins: publicOrigins({ host, port, publicUrl: config.publicUrl }),
      redis,
      keys: namespaceKeys(config.namespace),
      board: {
        view: () => emptyView(config.namespace ?? ''),
        serverNow: () => Date.now(),
        status: () => ({
          serverTime: Date.now(),
          redis: { state: 'up', since: Date.now() },
          eventLagMs: null,
          eventsPerSecond: 0,
          beatsPerSecond: 0,
          clients: 0,
        }),
        recentBeats: () => [],
      },
      auth,
      commands: createCommandService({
        redis,
        scriptsAs: (actor) => createScriptRunner(redis, namespaceKeys(config.namespace), actor),
        commands: createCommands(),
      }),
      log,
    }
    setRuntime(runtime)
    closers.add('runtime', () => setRuntime(undefined))

    pages = await createPages({ dir, host, port, development: config.development })
    closers.add('pages', () => pages?.close())
    return { url, runtime, close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw error
  }
}
