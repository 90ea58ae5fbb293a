/**
 * The address that a request came from. The server writes this header itself, over whatever a
 * client put there: route handlers see no socket.
 */
export const ADDRESS_HEADER = 'x-signalbox-address'

export function addressOf(request: Request): string {
  return request.headers.get(ADDRESS_HEADER) ?? 'unknown'
}
