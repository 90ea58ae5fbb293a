import type { Redis } from 'ioredis'
import { isCluster, type RedisLike } from './redis-like'

/** Nothing came on a link for this long after a call had waited in vain: it is given up, ms. */
const SILENT_MS = 2000

type Stream = NonNullable<Redis['stream']> & { readonly bytesRead?: number }

/** Links that are looked at again. */
const suspected = new WeakSet<Stream>()

/**
 * To be called when Redis did not answer in time. A link on which nothing at all comes for a while from
 * then on, though something was asked, is replaced by a new one.
 *
 * A router that forgot a connection, or a primary that hangs while another took over, tells nobody: TCP
 * itself gives up after a quarter of an hour, and ioredis waits for that. A link that is only slow, even
 * one that is still being made, reads something meanwhile, and stays.
 */
export function replaceSilentConnection(redis: RedisLike): void {
  for (const connection of isCluster(redis) ? redis.nodes('all') : [redis]) {
    const stream: Stream | undefined = connection.stream
    if (!stream || suspected.has(stream) || !expectsAnAnswer(connection)) continue
    suspected.add(stream)
    const { bytesRead } = stream
    const timer = setTimeout(() => {
      suspected.delete(stream)
      if (stream.bytesRead !== bytesRead || connection.stream !== stream) return
      // Not a polite end: that would wait for an answer as well.
      if (expectsAnAnswer(connection)) stream.destroy()
    }, SILENT_MS)
    timer.unref()
  }
}

/** Of a Cluster's nodes most are asked nothing most of the time, and say nothing then. */
function expectsAnAnswer(connection: Redis): boolean {
  if (connection.status === 'connect') return true
  if (connection.status !== 'ready') return false
  const asked: unknown = Reflect.get(connection, 'commandQueue')
  return typeof asked === 'object' && asked !== null && 'length' in asked && asked.length !== 0
}
