import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Redis } from 'ioredis'
import { createAuth } from '@/lib/auth/create-auth'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { prefer } from '../harness/prefer'

const root = path.resolve(import.meta.dirname, '../../..')

export interface ProductionServer {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** The server as it was built, as `npm start` runs it. */
export async function startServer(
  redisUrl: string,
  secret: string,
  options: { readonly profileFolder?: string | undefined; readonly port?: number } = {},
): Promise<ProductionServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-board-'))
  const { profileFolder, port = 0 } = options
  const child = spawn(
    process.execPath,
    [
      ...(profileFolder
        ? ['--enable-source-maps', '--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
        : []),
      path.join(root, 'dist/server/main.js'),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        REDIS_URL: redisUrl,
        BLOCKING_COORDINATION_SECRET: secret,
        SIGNALBOX_DATA_DIR: folder,
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const url = await readyUrl(child)
  const { pid } = child
  if (pid === undefined) throw new Error('the server has no process')
  prefer(pid)
  return {
    url,
    pid,
    stop: async () => {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      if (child.exitCode === null) child.kill('SIGTERM')
      const hard = setTimeout(kill, 8000)
      if (child.exitCode === null && child.signalCode === null) await gone
      clearTimeout(hard)
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The line by which a server says that it works. */
function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server left with code ${code}`)))
    if (!child.stdout) return reject(new Error('the server has no stdout'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return
      const said: unknown = JSON.parse(line)
      if (typeof said === 'object' && said !== null && 'url' in said) resolve(String(said.url))
    })
  })
}

/** Signs people in, as their links would, and answers a `Cookie` header for each. */
export async function signIn(
  redis: { readonly host: string; readonly port: number },
  users: readonly string[],
): Promise<string[]> {
  const client = new Redis({ host: redis.host, port: redis.port })
  const auth = createAuth({ redis: client })
  try {
    const cookies: string[] = []
    for (const user of users) {
      const link = await auth.createSignInLink({ user, role: 'operator' })
      // Sign-ins are limited by address: each of these people has one of their own.
      const address = `10.0.${Math.floor(cookies.length / 200)}.${1 + (cookies.length % 200)}`
      const { token } = await auth.signInWithLink(link, { address })
      cookies.push(`${sessionCookieName(false)}=${token}`)
    }
    return cookies
  } finally {
    await auth.close()
    client.disconnect()
  }
}
