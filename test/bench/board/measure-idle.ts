import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@/server/embedded/free-port.mjs'
import { type BoardSection, below } from './figures'
import { nameOf, processTree, residentMegabytes } from './process-use'

const root = path.resolve(import.meta.dirname, '../../..')
const STARTS = 3
const IDLE_MS = 15_000
const GIVE_UP_MS = 120_000

/** `npm run up` on a folder of its own: how long its second start takes, and what it then lies on. */
export async function measureIdle(say: (text: string) => void): Promise<BoardSection> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-idle-'))
  const port = await freePort()
  try {
    say('idle, first start')
    await (await startUp(folder, port)).stop()
    const starts: number[] = []
    let memory: number | undefined
    const parts: [string, number][] = []
    for (let at = 1; at <= STARTS; at++) {
      say(`idle, start ${at} of ${STARTS}`)
      const up = await startUp(folder, port)
      starts.push(up.tookMs)
      if (at === STARTS) {
        say('idle, at rest')
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
        for (const pid of processTree(up.pid)) {
          const name = nameOf(pid)
          // The launcher, and npm before it, are gone where a service manager starts the server.
          const part = /redis-server/.test(name)
            ? 'Redis'
            : /main\.js/.test(name)
              ? 'control room'
              : 'launcher'
          const megabytes = residentMegabytes(pid)
          if (megabytes !== undefined) parts.push([part, megabytes])
        }
        const both = parts.filter(([name]) => name !== 'launcher')
        if (both.length > 0) memory = both.reduce((sum, [, it]) => sum + it, 0)
      }
      await up.stop()
    }
    starts.sort((a, b) => a - b)
    return {
      name: 'idle',
      title: 'Start, and rest',
      note: `\`npm run up\` on what is built, with its own Redis; ${STARTS} starts after a first one, median; memory after ${IDLE_MS / 1000} s without anybody.`,
      figures: [
        {
          name: 'start until it answers',
          value: (starts[Math.floor(starts.length / 2)] ?? Number.NaN) / 1000,
          unit: 's',
          goal: below(5, 's'),
        },
        { name: 'control room and Redis', value: memory, unit: 'MB', goal: below(200, 'MB') },
        ...parts.map(([part, megabytes]) => ({
          name: `of these processes: ${part}`,
          value: megabytes,
          unit: 'MB',
        })),
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startUp(folder: string, port: number) {
  const began = performance.now()
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(REDIS_|BLOCKING_COORDINATION_)/.test(name)),
  )
  const child = spawn(
    process.execPath,
    [path.join(root, 'server/cli/up.mjs'), '--port', `${port}`],
    {
      cwd: root,
      env: { ...env, NODE_ENV: 'production', SIGNALBOX_DATA_DIR: folder },
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    },
  )
  const pid = child.pid
  if (pid === undefined) throw new Error('npm run up did not start')
  const kill = () => process.kill(-pid, 'SIGKILL')
  process.once('exit', kill)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let left = false
  void gone.then(() => {
    left = true
    process.off('exit', kill)
  })
  while (!(await answers(port))) {
    if (left) throw new Error('npm run up left before it was ready')
    if (performance.now() - began > GIVE_UP_MS) throw new Error('npm run up never answered')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return {
    pid,
    tookMs: performance.now() - began,
    stop: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Somebody who comes for the first time gets the door. */
async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/sign-in`)
    return response.ok
  } catch {
    return false
  }
}
