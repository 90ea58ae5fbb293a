import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Redis } from 'ioredis'
import { pino } from 'pino'
import type { RouteHandler } from '@/app/api/_http/define-route'
import { ADDRESS_HEADER } from '@/lib/auth/address-header'
import { type AuthParts, createAuth } from '@/lib/auth/create-auth'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { createCommandService } from '@/lib/commands/command-service'
import { createCommands } from '@/lib/commands/create-commands'
import { readServerConfig } from '@/lib/config/server-config'
import type { Role } from '@/lib/protocol/commands'
import { CSRF_HEADER } from '@/lib/protocol/problem'
import { namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner } from '@/lib/redis/run-script'
import { createBoardStore } from '@/lib/redis/stores/board-store'
import { type Runtime, setRuntime } from '@/lib/runtime/runtime'
import { viewFromWire } from '@/lib/view/view'
import { createHistory } from '@/server/history/create-history'
import type { TestRedis } from '@/test/redis'

export const ORIGIN = 'http://127.0.0.1:4130'
export const SECRET = 'a-secret-of-more-than-thirty-two-bytes'
/** All that Next takes from a file of routes. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const app = path.resolve(import.meta.dirname, '../../../app')

/** The files that Next takes for one thing or another by their name: `route`, `page`. */
export function filesOf(name: string): string[] {
  const named = new RegExp(`^${name}\\.[cm]?[jt]sx?$`)
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((it) => named.test(path.basename(it)))
    .sort()
}

export interface Route {
  /** `/api/v1/users/[name]` */
  readonly path: string
  readonly method: (typeof METHODS)[number]
  readonly handler: RouteHandler
}

/** Every route that Next would serve, found as Next finds them. */
export async function allRoutes(): Promise<Route[]> {
  const routes: Route[] = []
  for (const file of filesOf('route')) {
    const module: Record<string, unknown> = await import(pathToFileURL(path.join(app, file)).href)
    for (const method of METHODS) {
      const handler = module[method]
      if (typeof handler !== 'function') continue
      routes.push({ path: `/${path.dirname(file)}`, method, handler: handler as RouteHandler })
    }
  }
  return routes
}

/** Calls a route by its name, `POST /api/v1/users`. */
export async function routesByName() {
  const routes = new Map((await allRoutes()).map((it) => [`${it.method} ${it.path}`, it]))
  return (name: string, options: Call = {}): Promise<Response> => {
    const route = routes.get(name)
    if (!route) throw new Error(`There is no route ${name}.`)
    return call(route, options)
  }
}

export interface Call {
  cookie?: string | undefined
  bearer?: string
  origin?: string | null
  csrf?: boolean
  contentType?: string | null
  body?: unknown
  /** As it stands, instead of `body`. */
  raw?: string | Uint8Array
  params?: Record<string, string>
  query?: string
  address?: string
  headers?: Record<string, string>
  /** Who asked goes away. */
  signal?: AbortSignal
}

/** Calls a route's handler as Next would, by default as a page of ours does. */
export function call(route: Route, options: Call = {}): Promise<Response> {
  const { method } = route
  const headers = new Headers(options.headers)
  headers.set(ADDRESS_HEADER, options.address ?? '192.0.2.1')
  if (options.cookie) headers.set('cookie', options.cookie)
  if (options.bearer) headers.set('authorization', `Bearer ${options.bearer}`)
  const origin = options.origin === undefined ? ORIGIN : options.origin
  if (method !== 'GET') {
    if (origin !== null) headers.set('origin', origin)
    if (options.csrf !== false) headers.set(CSRF_HEADER, '1')
    const type = options.contentType === undefined ? 'application/json' : options.contentType
    if (type !== null) headers.set('content-type', type)
  }
  const body = method === 'GET' ? null : (options.raw ?? JSON.stringify(options.body ?? {}))
  const request = new Request(`${ORIGIN}${route.path}${options.query ?? ''}`, {
    method,
    headers,
    body: body as BodyInit | null,
    ...(options.signal ? { signal: options.signal } : {}),
  })
  const params = options.params ?? paramsOf(route.path)
  return route.handler(request, { params: Promise.resolve(params) })
}

const examples: Record<string, string> = {
  id: 'coordinator-a',
  name: 'somebody',
  owner: 'coordinator-a',
  key: 'swarm-a:2:run-1:1',
}

/** Something that each of a path's names could stand for. */
export function paramsOf(routePath: string): Record<string, string> {
  const names = [...routePath.matchAll(/\[(?:\.\.\.)?([a-z]+)\]/gi)].map((it) => it[1] ?? '')
  return Object.fromEntries(names.map((name) => [name, examples[name] ?? 'x']))
}

export interface ControlRoom {
  readonly runtime: Runtime
  readonly redis: Redis
  /** Reads the board anew. */
  refresh(): Promise<void>
  /** A signed-in user's `Cookie` header. */
  signIn(role: Role, name?: string): Promise<string>
  close(): Promise<void>
}

/** What the routes need of the process, on a real Redis; the board is read when asked for. */
export async function openControlRoom(
  server: TestRedis,
  options: { limits?: AuthParts['limits']; onLog?: (line: string) => void } = {},
): Promise<ControlRoom> {
  const redis = server.client()
  const keys = namespaceKeys()
  const auth = createAuth({ redis, ...(options.limits ? { limits: options.limits } : {}) })
  const store = createBoardStore(redis, keys)
  const read = async () =>
    viewFromWire((await store.read({ settledSignals: 500, settledConsensus: 300 })).view)
  let view = await read()
  const config = readServerConfig({ BLOCKING_COORDINATION_SECRET: SECRET, PORT: '4130' })
  const runtime: Runtime = {
    config,
    secure: false,
    url: ORIGIN,
    origins: new Set([ORIGIN]),
    redis,
    keys,
    board: {
      view: () => view,
      serverNow: () => view.at,
      status: () => ({
        serverTime: view.at,
        redis: { state: 'up', since: view.at },
        eventLagMs: 0,
        eventsPerSecond: 0,
        beatsPerSecond: 0,
        clients: 0,
      }),
      lastBeat: () => undefined,
    },
    history: createHistory({ redis, keys, namespace: '', now: () => view.at }),
    auth,
    commands: createCommandService({
      redis,
      scriptsAs: (actor) => createScriptRunner(redis, keys, actor),
      commands: createCommands({ sweepMs: config.sweepMs }),
    }),
    metrics: { contentType: 'text/plain', text: async () => '' },
    log: pino({ level: 'info' }, { write: (line) => options.onLog?.(line) }),
  }
  setRuntime(runtime)
  return {
    runtime,
    redis,
    async refresh() {
      view = await read()
    },
    async signIn(role, name = `the-${role}`) {
      if (!(await auth.user(name))) await auth.addUser({ name, role, by: 'test' })
      const link = await auth.createSignInLink({ user: name })
      const { token } = await auth.signInWithLink(link, { address: '192.0.2.1' })
      return `${sessionCookieName(false)}=${token}`
    },
    async close() {
      await auth.close()
      setRuntime(undefined)
      redis.disconnect()
    },
  }
}
