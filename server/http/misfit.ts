import type { IncomingMessage } from 'node:http'

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * What Next is not asked: a status for a request that can be meant for no page and no route; undefined for
 * all others. Next has no answer to some of them but a fault, and keeps a body that is sent to a page in
 * memory before anybody is asked who sent it.
 */
export function misfitOf({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>) {
  // `http://elsewhere/` and `*` are for proxies.
  if (!url.startsWith('/')) return 400
  if (READS.has(method)) return undefined
  return WRITES.has(method) && url.startsWith('/api/') ? undefined : 405
}
