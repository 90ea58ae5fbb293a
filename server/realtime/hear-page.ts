import type { Logger } from 'pino'
import type { Socket } from 'socket.io'
import {
  type ClientEvent,
  helloSchema,
  PROTOCOL_VERSION,
  ServerEvent,
  watchSchema,
} from '@/lib/protocol/frames'
import type { Broadcaster } from './broadcaster'
import { MessageAllowance } from './message-allowance'
import { cutOff } from './socket-backlog'

const MOST_WATCHED = 5
/** Within ten seconds; a page asks once, and again after a gap. */
const MOST_BOARDS = 4

/**
 * Hears one page. Whatever it says is parsed; what is none of the protocol changes nothing. Whoever has a
 * session may say all of it: it only asks to be told, and everybody is told the same.
 */
export function hearPage(socket: Socket, broadcaster: Broadcaster, log: Logger): void {
  const boards = new MessageAllowance(MOST_BOARDS)
  const watched = new Set<string>()
  const hears: Record<keyof typeof ClientEvent, (message: unknown) => void> = {
    hello(message) {
      const hello = helloSchema.safeParse(message)
      if (!hello.success) return
      if (hello.data.protocolVersion !== PROTOCOL_VERSION) {
        socket.emit(ServerEvent.reload, { protocolVersion: PROTOCOL_VERSION })
        return
      }
      // A whole board is the dearest thing that can be asked for, and all others wait for it.
      if (boards.take()) {
        broadcaster.welcome(socket, hello.data.lastSeq)
        return
      }
      log.warn('a socket that asks for the board again and again was cut off')
      cutOff(socket.conn)
    },
    watch(message) {
      const watch = watchSchema.safeParse(message)
      if (!watch.success) return
      const { coordinatorId } = watch.data
      if (watched.size >= MOST_WATCHED && !watched.has(coordinatorId)) return
      watched.add(coordinatorId)
      broadcaster.watch(socket, coordinatorId)
    },
    unwatch(message) {
      const watch = watchSchema.safeParse(message)
      if (!watch.success) return
      watched.delete(watch.data.coordinatorId)
      broadcaster.unwatch(socket, watch.data.coordinatorId)
    },
  }
  for (const [name, hear] of Object.entries(hears)) socket.on(name, hear)
}
