import { io, type Socket } from 'socket.io-client'
import {
  type PatchFrame,
  PROTOCOL_VERSION,
  ServerEvent,
  type SnapshotFrame,
  type StatusFrame,
} from '@/lib/protocol/frames'
import { knowledgeOf } from '@/lib/view/knowledge'
import { applyEvents } from '@/lib/view/reduce'
import { type View, viewFromWire } from '@/lib/view/view'

/** Whether the board could tell at that moment who is alive. */
export interface Moment {
  readonly at: number
  readonly can: 'known' | 'unknown'
}

export interface BoardPage {
  readonly socket: Socket
  view(): View | undefined
  /** How old each event was when it came, ms. */
  readonly delays: number[]
  readonly moments: readonly Moment[]
  close(): void
}

/** The socket of a page, with the same fold as a browser has. */
export async function openBoard(url: string, cookie: string): Promise<BoardPage> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie, origin: url },
  })
  let view: View | undefined
  let status: StatusFrame | undefined
  const delays: number[] = []
  const moments: Moment[] = []
  const note = () => {
    if (!view || !status) return
    const now = status.serverTime
    const can = knowledgeOf(view.monitor, { redis: status.redis }, now).can ? 'known' : 'unknown'
    if (moments.at(-1)?.can !== can) moments.push({ at: Date.now(), can })
  }
  const hello = () => socket.emit('hello', { protocolVersion: PROTOCOL_VERSION })
  socket.on('connect', hello)
  socket.on(ServerEvent.snapshot, (frame: SnapshotFrame) => {
    view = viewFromWire(frame.view)
    note()
  })
  socket.on(ServerEvent.patch, (frame: PatchFrame) => {
    if (!view || view.seq !== frame.fromSeq) {
      hello()
      return
    }
    const now = Date.now()
    for (const it of frame.events) delays.push(now - it.at)
    view = applyEvents(view, frame.events)
    note()
  })
  socket.on(ServerEvent.status, (frame: StatusFrame) => {
    status = frame
    note()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once(ServerEvent.snapshot, () => resolve())
    socket.once('connect_error', reject)
  })
  return { socket, view: () => view, delays, moments, close: () => socket.close() }
}
