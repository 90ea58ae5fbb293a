import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { StartedProcess, StartRequest } from '@/lib/cfn-loop/spawner'

/** What a replacement's process is told, by its environment. */
export const ADOPTION = {
  coordinatorId: 'SIGNALBOX_COORDINATOR_ID',
  swarmId: 'SIGNALBOX_SWARM_ID',
  replaces: 'SIGNALBOX_REPLACES',
  claim: 'SIGNALBOX_CLAIM',
} as const

/** Handed on to every child: what programs need to run at all. Secrets are not among them. */
const ORDINARY = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'NODE_ENV',
  'NODE_OPTIONS',
  'SYSTEMROOT',
]

export function ordinaryEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(
    ORDINARY.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  )
}

export interface Program {
  /** The program and its arguments. */
  readonly command: readonly string[]
  readonly cwd?: string | undefined
  /** On top of the ordinary ones: where Redis is, and the secret. */
  readonly env: Readonly<Record<string, string>>
}

/** Tells each line that a child says. */
export type OnLine = (line: string) => void

const LONGEST_LINE = 2000
const GRACE_MS = 3000

/** The processes that a spawner started, to be ended with it. */
export class Processes {
  private readonly running = new Map<number, () => Promise<void>>()

  get pids(): number[] {
    return [...this.running.keys()]
  }

  /**
   * Starts a program and resolves as soon as it runs. `ended` tells how it ended, and what it said last.
   *
   * @throws when there is no such program
   */
  async start(
    { command, cwd, env }: Program,
    onLine: OnLine,
  ): Promise<StartedProcess & { pid: number; ended: Promise<string> }> {
    const [file = '', ...args] = command
    const child = spawn(file, args, {
      cwd,
      env: { ...env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let last = ''
    const hear = (line: string) => {
      last = line
      onLine(line)
    }
    const ended = new Promise<string>((resolve) => {
      child.once('close', (code, signal) => {
        const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
        resolve(last === '' ? `its process ${how}` : `its process ${how}: ${last}`)
      })
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.on('error', () => {})
    readLines(child.stdout, hear)
    readLines(child.stderr, hear)
    const pid = child.pid ?? 0
    void ended.then(() => this.running.delete(pid))
    this.running.set(pid, async () => {
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      // A stopped one hears nothing until it goes on.
      child.kill('SIGCONT')
      await ended
      clearTimeout(impatient)
    })
    return { pid, ended }
  }

  /** Ends them all, in good order as far as they let it. */
  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map((end) => end()))
  }
}

/** What the environment of a replacement says of it. */
export function adoptionEnvironment(request: StartRequest): Record<string, string> {
  return {
    [ADOPTION.coordinatorId]: request.coordinatorId,
    [ADOPTION.swarmId]: request.swarmId,
    [ADOPTION.replaces]: request.replaces,
    [ADOPTION.claim]: request.claim,
  }
}

function readLines(stream: Readable, onLine: OnLine): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    // A program that never ends its line must not grow here.
    rest = (lines.pop() ?? '').slice(-LONGEST_LINE)
    for (const line of lines) if (line.trim() !== '') onLine(line.slice(0, LONGEST_LINE))
  })
}
