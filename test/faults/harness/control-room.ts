import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { createAuth } from '@/lib/auth/create-auth'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import type { Role } from '@/lib/protocol/roles'
import { ordinaryEnvironment } from '@/server/spawner/start-program'
import { buildAll, isBuildFresh } from '../../../server/build/build-all.mjs'
import type { TestRedis } from '../../redis'
import { type FaultContext, projectFolder } from './context'
import { SECRET } from './place'

export interface ControlRoom {
  readonly url: string
  readonly pid: number
  /** Whether the process still runs. */
  running(): boolean
  /** Lines that it wrote to its log, as they came. */
  readonly log: readonly string[]
  stop(): Promise<void>
}

let building: Promise<void> | undefined

/** The server as it is shipped: built of the sources as they are, once in a run. */
async function ensureBuilt({ say }: FaultContext): Promise<void> {
  building ??= (async () => {
    if (isBuildFresh()) return
    say('building the control room')
    await buildAll()
  })()
  return building
}

/** A control room in a process of its own, on a Redis that others share. */
export async function startControlRoom(
  context: FaultContext,
  redis: TestRedis,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): Promise<ControlRoom> {
  await ensureBuilt(context)
  const child = spawn(process.execPath, [...execArgv, 'dist/server/main.js'], {
    cwd: projectFolder,
    env: {
      ...ordinaryEnvironment(),
      NODE_ENV: 'production',
      PORT: '0',
      REDIS_URL: redis.url,
      BLOCKING_COORDINATION_SECRET: SECRET,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  let running = true
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running = false
      resolve()
    })
  })
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const stop = async () => {
    if (!running) return
    child.kill('SIGTERM')
    const impatient = setTimeout(() => child.kill('SIGKILL'), 6000)
    await exited
    clearTimeout(impatient)
  }
  context.endLater(stop)
  const url = await urlOf(child, log)
  return { url, pid: child.pid ?? 0, running: () => running, log, stop }
}

/** The line by which it says that it is ready. */
function urlOf(child: ChildProcess, log: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the control room ended: ${log.join(' ')}`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said: unknown = line.startsWith('{') ? JSON.parse(line) : undefined
      if (typeof said === 'object' && said !== null && 'url' in said) resolve(String(said.url))
    })
  })
}

/** Signs somebody in, and answers the cookie of the session. */
export async function signIn(
  redis: TestRedis,
  user: string,
  role: Role,
): Promise<{ cookie: string; sessionId: string }> {
  const auth = createAuth({ redis: redis.client() })
  try {
    const link = await auth.createSignInLink({ user, role })
    // An address of its own: tries are counted by it.
    const { token, session } = await auth.signInWithLink(link, { address: user })
    return { cookie: `${sessionCookieName(false)}=${token}`, sessionId: session.id }
  } finally {
    await auth.close()
  }
}
