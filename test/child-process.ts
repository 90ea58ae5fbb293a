import { fork } from 'node:child_process'

/** A request to a child, and what it answers (`serve-parts.ts` is the other end). */
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

export interface Child {
  readonly pid: number
  /** Rejects when the child fails, or is gone. */
  call<T>(method: string, args?: unknown): Promise<T>
  /** A real signal, such as SIGKILL or SIGSTOP. */
  kill(signal: NodeJS.Signals): void
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>
  /** Idempotent. */
  stop(): Promise<void>
}

export interface ChildOptions {
  readonly execArgv?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** How to end the children that still run: a parent that fails must not leave them behind. */
const alive = new Set<() => void>()
process.once('exit', () => {
  for (const kill of alive) kill()
})

/** Starts a program that serves parts, to play one of them. */
export function forkChild(
  program: string,
  part: string,
  { execArgv = [], env = {} }: ChildOptions = {},
): Child {
  const child = fork(program, [part], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  })
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
  // A pipe to a process that was just killed.
  child.on('error', () => {})
  const hardKill = () => child.kill('SIGKILL')
  alive.add(hardKill)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      gone = new Error(`a child process ended (${signal ?? code})`)
      for (const it of open.values()) it.reject(gone)
      open.clear()
      alive.delete(hardKill)
      resolve()
    })
  })
  const send = (request: ChildRequest) => child.send(request)

  return {
    pid: child.pid ?? 0,
    exited,
    call: <T>(method: string, args?: unknown) =>
      new Promise<T>((resolve, reject) => {
        if (gone) {
          reject(gone)
          return
        }
        last += 1
        open.set(last, { resolve, reject })
        send({ id: last, method, args })
      }),
    kill: (signal) => {
      child.kill(signal)
    },
    stop: async () => {
      if (!gone) {
        // One that was stopped hears nothing.
        child.kill('SIGCONT')
        send({ id: 0, method: 'end', args: undefined })
      }
      const impatient = setTimeout(hardKill, 5000)
      await exited
      clearTimeout(impatient)
    },
  }
}
