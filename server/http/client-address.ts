import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Where a request comes from. Limits go by it, so a client must not be able to name its own: of
 * `X-Forwarded-For` only what our own proxies added counts, and those add at the end.
 *
 * @param proxies how many of them stand in front
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: number,
): string {
  const own = socket.remoteAddress ?? 'unknown'
  if (proxies === 0) return own
  const named = [headers['x-forwarded-for'] ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((it) => it.trim())
  const address = named.at(-proxies)
  return address !== undefined && isIP(address) !== 0 ? address : own
}
