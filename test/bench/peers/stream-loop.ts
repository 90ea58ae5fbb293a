import type { Redis } from 'ioredis'

/** Kept in a stream, about: it must not grow for ever. */
export const STREAM_LENGTH = 10_000

export interface StreamEntry {
  readonly id: string
  readonly fields: readonly string[]
}

/** Asks again and again, until the connection is closed under it. */
export async function followStream(
  ask: () => Promise<unknown>,
  hear: (entries: StreamEntry[]) => void,
): Promise<void> {
  for (;;) {
    let answer: unknown
    try {
      answer = await ask()
    } catch {
      return
    }
    const streams = (answer ?? []) as [string, [string, string[]][]][]
    for (const [, entries] of streams) hear(entries.map(([id, fields]) => ({ id, fields })))
  }
}

/** Ends connections of which some wait in a blocking command. */
export async function closeAll(connections: readonly Redis[]): Promise<void> {
  for (const it of connections) it.disconnect()
}
