/**
 * Where a request came from, for route handlers, which see no socket. The server writes this header
 * itself, over whatever a client put there.
 */
export const ADDRESS_HEADER = 'x-signalbox-address'
