import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis, type RedisOptions } from 'ioredis'
import { findRedis } from '../server/embedded/find-redis.mjs'
import { freePort } from '../server/embedded/free-port.mjs'
import { type RunningRedis, runRedis } from '../server/embedded/run-redis.mjs'

export interface TestRedisOptions {
  /** Keep writes in an append-only file: needed where a restart must find the data. */
  appendOnly?: boolean
  /** `always`: an answer means it is on disk. */
  appendFsync?: 'everysec' | 'always'
  password?: string | true
  /** More lines of redis.conf. */
  settings?: [string, string][]
  /** Of its process, beside what it has anyway. */
  environment?: Record<string, string>
}

export interface TestRedis {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly password: string | undefined
  /** With the password in it. */
  readonly url: string
  readonly pid: number
  /** A connection of its own, closed by `stop`. */
  client(options?: RedisOptions): Redis
  /** Deletes all data. */
  flush(): Promise<void>
  /** Ends it as an operator would, keeps its data. */
  shutdown(): Promise<void>
  kill9(): Promise<void>
  /** Starts it again on the same port and data, after `shutdown` or `kill9` or at once. */
  restart(): Promise<void>
  /** SIGSTOP: connected clients hang. */
  pause(): void
  resume(): void
  /** Ends it, its connections and its data. Idempotent. */
  stop(): Promise<void>
}

const cacheFolder = path.resolve(import.meta.dirname, '../.signalbox/cache')
let program: ReturnType<typeof findRedis> | undefined

/** The server binary, found the way the launcher finds it. */
export function testRedisProgram() {
  program ??= findRedis({ cacheFolder })
  return program
}

/**
 * A real Redis of the caller's own: free loopback port, temporary folder. It is gone when this
 * process is, however that ends.
 */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const found = await testRedisProgram()
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-redis-'))
  const password =
    options.password === true ? randomBytes(16).toString('hex') : (options.password ?? undefined)
  const settings: [string, string][] = [
    ...(options.appendFsync ? [['appendfsync', options.appendFsync] as [string, string]] : []),
    ...(options.settings ?? []),
  ]
  const start = (port: number) =>
    runRedis({
      program: found,
      folder,
      port,
      appendOnly: options.appendOnly ?? false,
      settings,
      temporary: true,
      ...(options.environment ? { environment: options.environment } : {}),
      ...(password ? { password } : {}),
    })

  const host = '127.0.0.1'
  const [port, first] = await startOnFreePort(start)
  let server = first
  const clients = new Set<Redis>()
  let stopped = false
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeFolder)

  return {
    host,
    port,
    password,
    url: `redis://${password ? `:${password}@` : ''}${host}:${port}`,
    get pid() {
      return server.pid
    },
    client(clientOptions = {}) {
      const client = new Redis({ host, port, ...(password ? { password } : {}), ...clientOptions })
      // Tests that kill Redis on purpose would otherwise drown in its complaints.
      client.on('error', () => {})
      clients.add(client)
      client.once('end', () => clients.delete(client))
      return client
    },
    async flush() {
      const client = new Redis({ host, port, ...(password ? { password } : {}) })
      await client.flushall()
      await client.quit()
    },
    shutdown: () => server.stop('SIGTERM'),
    kill9: () => server.stop('SIGKILL'),
    async restart() {
      if (server.isRunning()) await server.stop('SIGTERM')
      server = await start(port)
    },
    pause: () => {
      process.kill(server.pid, 'SIGSTOP')
    },
    resume: () => {
      process.kill(server.pid, 'SIGCONT')
    },
    async stop() {
      if (stopped) return
      stopped = true
      for (const client of clients) client.disconnect()
      if (server.isRunning()) await server.stop('SIGKILL')
      removeFolder()
      process.off('exit', removeFolder)
    },
  }
}

/** Another worker may take the port between the look and the start. */
async function startOnFreePort(
  start: (port: number) => Promise<RunningRedis>,
): Promise<[number, RunningRedis]> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return [port, await start(port)]
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}
