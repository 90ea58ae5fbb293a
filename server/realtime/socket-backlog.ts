import type { Connection } from './connections'

/** What Socket.IO's engine knows of a connection; its types don't tell. */
interface Inside {
  readonly writeBuffer?: { readonly length: number }
  readonly transport?: {
    readonly socket?: { readonly bufferedAmount?: number; terminate?: () => void }
  }
}

/** Frames that wait for one client: at twenty a second this is some seconds without reading. */
const MOST_FRAMES = 100
/** More than the largest snapshot, which goes to a fresh page in one piece. */
const MOST_BYTES = 16 * 1024 * 1024

export interface Backlog {
  readonly frames: number
  readonly bytes: number
}

export function backlogOf(connection: Connection): Backlog {
  const { writeBuffer, transport } = connection as unknown as Inside
  return { frames: writeBuffer?.length ?? 0, bytes: transport?.socket?.bufferedAmount ?? 0 }
}

/** A page that reads slower than the world moves costs memory without end; it comes back when it can. */
export function isTooSlow({ frames, bytes }: Backlog): boolean {
  return frames > MOST_FRAMES || bytes > MOST_BYTES
}

/** Ends a connection at once: a polite close would wait behind everything that is not being read. */
export function cutOff(connection: Connection): void {
  const { transport } = connection as unknown as Inside
  transport?.socket?.terminate?.()
  // From here on the engine hears nothing of what has come already.
  connection.close(true)
}
