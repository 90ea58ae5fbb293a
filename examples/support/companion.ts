import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** Another process that takes part in an example. */
export interface Companion {
  /** Tells it to end, and resolves when it has. */
  end(): Promise<void>
}

/**
 * Starts the same file again in a process of its own, with a role to play; resolves when it is ready.
 * Everything that the two share goes through Redis.
 */
export async function startCompanion(file: string, role: string): Promise<Companion> {
  const child = fork(file, [role, ...process.argv.slice(2)])
  await ready(child, role)
  return {
    async end() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function ready(child: ChildProcess, role: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`${role} ended with ${code} before it was ready`)),
    )
  })
}

/** In the companion: it can be talked to from now on. */
export function sayReady(): void {
  process.send?.('ready')
  // What was said is all that there is to say: nothing here keeps the process.
  process.channel?.unref()
}

/** In the companion: aborts when it is told to end, or its parent is gone. */
export function untilTold(): AbortSignal {
  const told = new AbortController()
  process.once('SIGTERM', () => told.abort())
  process.once('disconnect', () => told.abort())
  return told.signal
}
