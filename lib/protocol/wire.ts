// Without schemas: a page needs these before it needs any of them.

/** Raised with every change that an older page could not read. A page of another version is told to reload. */
export const PROTOCOL_VERSION = 1
export const SOCKET_PATH = '/socket.io'

/** The names of the socket's events. */
export const ClientEvent = { hello: 'hello', watch: 'watch', unwatch: 'unwatch' } as const
export const ServerEvent = {
  snapshot: 'snapshot',
  patch: 'patch',
  beats: 'beats',
  strips: 'strips',
  status: 'status',
  detail: 'detail',
  reload: 'reload',
  expired: 'expired',
} as const

/** Slots of a beat strip: one slot is one heartbeat interval of that coordinator, the newest last. */
export const STRIP_SLOTS = 28
