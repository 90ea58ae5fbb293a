import type { Redis } from 'ioredis'
import { isCluster, type RedisLike } from './redis-like'

/** A link on which nothing came for this long while something was asked is given up, ms. */
const SILENT_MS = 3000

interface Silence {
  readonly bytesRead: number
  readonly since: number
}

type Stream = { readonly bytesRead?: number }

const silences = new WeakMap<Stream, Silence>()

/**
 * To be called whenever Redis did not answer in time. Where nothing at all has come on a link for a
 * while, it is replaced by a new one.
 *
 * A router that forgot a connection, or a primary that hangs while another took over, tells nobody: TCP
 * itself gives up after a quarter of an hour, and ioredis waits for that. A link that is only slow, even
 * one that is still being made, has read something since the last time that it was looked at, and stays.
 */
export function replaceSilentConnection(redis: RedisLike, now = performance.now()): void {
  for (const connection of isCluster(redis) ? redis.nodes('all') : [redis]) {
    const { stream } = connection
    if (!stream || !expectsAnAnswer(connection)) continue
    const { bytesRead = 0 } = stream as Stream
    const known = silences.get(stream)
    if (known?.bytesRead !== bytesRead) silences.set(stream, { bytesRead, since: now })
    // Not a polite end: that would wait for an answer as well.
    else if (now - known.since >= SILENT_MS) stream.destroy()
  }
}

/** Of a Cluster's nodes most are asked nothing most of the time, and say nothing then. */
function expectsAnAnswer(connection: Redis): boolean {
  if (connection.status === 'connect') return true
  if (connection.status !== 'ready') return false
  const asked: unknown = Reflect.get(connection, 'commandQueue')
  return typeof asked === 'object' && asked !== null && 'length' in asked && asked.length !== 0
}
