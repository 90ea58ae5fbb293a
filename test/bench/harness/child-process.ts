import { type ChildProcess, fork } from 'node:child_process'
import type { BenchContext } from './context'

/** A request to a child, and what it answers. */
export interface ChildRequest {
  readonly id: number
  readonly method: string
  readonly args: unknown
}
export interface ChildAnswer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

export interface BenchChild {
  /** Rejects when the child fails, or is gone. */
  call<T>(method: string, args?: unknown): Promise<T>
  stop(): Promise<void>
}

/** How to end the children that still run: a parent that fails must not leave them behind. */
const alive = new Set<() => void>()
process.once('exit', () => {
  for (const kill of alive) kill()
})

/** Starts a process with one part to play (`child.ts` lists the parts), and prepares it. */
export async function startChild(
  context: Pick<BenchContext, 'childProgram' | 'profileFolder'>,
  part: string,
  options: unknown,
  profiled = false,
): Promise<BenchChild> {
  const { profileFolder } = context
  const child = fork(context.childProgram, [part], {
    execArgv:
      profiled && profileFolder
        ? ['--enable-source-maps', '--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
        : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const calls = callsOf(child)
  await calls.call('prepare', options)
  return calls
}

function callsOf(child: ChildProcess): BenchChild {
  const open = new Map<number, { resolve: (it: never) => void; reject: (error: Error) => void }>()
  let last = 0
  let gone: Error | undefined
  child.on('message', (message) => {
    const { id, result, error } = message as ChildAnswer
    const call = open.get(id)
    open.delete(id)
    if (error === undefined) call?.resolve(result as never)
    else call?.reject(new Error(error))
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      gone = new Error(`a child process ended (${signal ?? code})`)
      for (const it of open.values()) it.reject(gone)
      open.clear()
      resolve()
    })
  })
  const kill = () => child.kill('SIGKILL')
  alive.add(kill)

  return {
    call: <T>(method: string, args?: unknown) =>
      new Promise<T>((resolve, reject) => {
        if (gone) {
          reject(gone)
          return
        }
        last += 1
        open.set(last, { resolve, reject })
        child.send({ id: last, method, args } satisfies ChildRequest)
      }),
    stop: async () => {
      if (!gone) child.send({ id: 0, method: 'end', args: undefined } satisfies ChildRequest)
      const impatient = setTimeout(kill, 5000)
      await exited
      clearTimeout(impatient)
      alive.delete(kill)
    },
  }
}
