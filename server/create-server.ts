import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { createAuth } from '@/lib/auth/create-auth'
import { limitsOf } from '@/lib/auth/limiter'
import { securityHeaders } from '@/lib/auth/security-headers'
import type { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { createRedisBreaker, guardScripts, redisBreakerOf } from '@/lib/cfn-loop/redis-breaker'
import { createCommandService } from '@/lib/commands/command-service'
import { createCommands } from '@/lib/commands/create-commands'
import { publicOrigins } from '@/lib/config/public-origins'
import type { ServerConfig } from '@/lib/config/server-config'
import { type NamespaceKeys, namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { type Runtime, setRuntime } from '@/lib/runtime/runtime'
import { CONSENSUS_KEPT, SETTLED_SIGNALS_KEPT } from '@/lib/view/view'
import { Closers } from './closers'
import { createHistory } from './history/create-history'
import { startKeeper } from './history/start-keeper'
import { createHttpServer, listen } from './http/http-server'
import { createPages, type Pages } from './http/next-pages'
import { createServerMetrics } from './metrics/server-metrics'
import { newServerName, publishServerBreaker } from './monitor/publish-server-breaker'
import { startMonitor } from './monitor/start-monitor'
import { boardMoment } from './notifications/board-moment'
import { startNotifier } from './notifications/start-notifier'
import { Projection } from './projection/projection'
import { createRealtime, type Realtime } from './realtime/realtime-server'
import { connectChecked, explainStartError } from './redis/check-redis'
import { createRedisConnection } from './redis/connect-redis'
import { programOf } from './spawner/program-of'
import { startSpawner } from './spawner/start-spawner'

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

    const keys = namespaceKeys(config.namespace)
    const auth = createAuth({ redis, limits: limitsOf(config.limits) })
    closers.add('auth', () => auth.close())
    const commands = createCommandService({
      redis,
      scriptsAs: (actor) =>
        guardScripts(createScriptRunner(redis, keys, actor), redisBreakerOf(redis)),
      commands: createCommands({ sweepMs: config.sweepMs }),
    })
    // Its calls are small and asked for each second: no answer within one is a failure.
    const breaker = createRedisBreaker({ timeoutMs: 1000 })
    const projection = await startProjection({ config, keys, redis, breaker, log })
    closers.add('projection', () => projection.close())
    const keeper = startKeeper({ redis, keys, projection, log })
    closers.add('history', () => keeper.close())
    const owner = newServerName()
    const serverScripts = createScriptRunner(redis, keys, owner)
    const shown = publishServerBreaker({
      owner,
      breaker,
      scripts: serverScripts,
      redis,
      projection,
    })
    closers.add('breaker', () => shown.close())

    // What the core runs on may queue while it connects, and is not held up by reads of the board.
    const coreRedis = createRedisConnection(config.redis, {
      enableOfflineQueue: true,
      maxRetriesPerRequest: 1,
      connectionName: 'signalbox-core',
    })
    coreRedis.on('error', (error) => log.debug({ err: error }, 'redis, core'))
    closers.add('redis of the core', () => coreRedis.disconnect())
    const core = { redis: coreRedis, namespace: config.namespace, log }
    const monitor = startMonitor({ ...core, intervalMs: config.sweepMs })
    closers.add('monitor', () => monitor.stopMonitoring())
    if (Object.keys(config.spawnPrograms).length > 0) {
      const spawner = startSpawner({ ...core, programOf: (swarmId) => programOf(config, swarmId) })
      closers.add('spawner', () => spawner.close())
    }

    // Listening comes first: the port may be any free one, and Next has to know it.
    let pages: Pages | undefined
    let realtime: Realtime | undefined
    const http = createHttpServer({
      handle: async (request, response) => {
        if (pages) return pages.handle(request, response)
        response.writeHead(503, { 'retry-after': '1' }).end('Starting')
      },
      proxies: config.proxies,
      headers: securityHeaders(config.publicUrl?.startsWith('https:') ?? false),
      upgrades: [
        (request, socket, head) => realtime?.upgrade(request, socket, head) ?? false,
        (request, socket, head) => pages?.upgrade(request, socket, head) ?? false,
      ],
      log,
    })
    const { host } = config
    const port = await listen(http, host, config.port)
    closers.add('http', () => {
      http.closeAllConnections()
      return new Promise((resolve) => http.close(resolve))
    })

    const url = config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    const secure = url.startsWith('https:')
    const origins = publicOrigins({ host, port, publicUrl: config.publicUrl })
    const notifier = startNotifier({
      redis,
      prefix: keys.prefix,
      namespace: config.namespace ?? '',
      url: () => url,
      moment: () => boardMoment(projection),
      rules: { allowed: config.privateWebhooks },
      now: () => projection.serverNow(),
      log,
    })
    closers.add('notifier', () => notifier.close())
    const metrics = createServerMetrics({
      projection,
      redis,
      sockets: () => ({ clients: realtime?.clients() ?? 0, frames: realtime?.frames() ?? 0 }),
    })
    closers.add('metrics', () => metrics.close())
    const runtime: Runtime = {
      config: { ...config, port },
      secure,
      url,
      origins,
      redis,
      keys,
      board: projection,
      history: createHistory({
        redis,
        keys,
        namespace: config.namespace ?? '',
        now: () => projection.serverNow(),
      }),
      auth,
      commands,
      metrics,
      log,
    }
    setRuntime(runtime)
    closers.add('runtime', () => setRuntime(undefined))

    const sockets = createRealtime({ projection, auth, origins, secure, log })
    realtime = sockets
    closers.add('sockets', () => sockets.close())

    pages = await createPages({ dir, host, port, development: config.development })
    closers.add('pages', () => pages?.close())
    return { url, runtime, close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw explainStartError(error, config.redis)
  }
}

async function startProjection(parts: {
  config: ServerConfig
  keys: NamespaceKeys
  redis: Redis
  breaker: CircuitBreaker
  log: Logger
}): Promise<Projection> {
  const { config, keys, redis, breaker, log } = parts
  const namespace = config.namespace ?? ''
  const store = createBoardStore(redis, keys, namespace)
  const projection = new Projection({
    redis,
    blocking: createRedisConnection(config.redis, { commandTimeout: undefined }),
    keys,
    namespace,
    breaker,
    readBoard: async () => {
      const limits = { settledSignals: SETTLED_SIGNALS_KEPT, settledConsensus: CONSENSUS_KEPT }
      const { view, problems } = await store.read(limits)
      for (const problem of problems) log.warn({ ...problem }, 'a record was left out')
      return view
    },
    log,
  })
  await projection.start()
  return projection
}
