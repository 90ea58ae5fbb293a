import { io, type Socket } from 'socket.io-client'
import type { Hello } from '@/lib/protocol/frames'
import { ClientEvent, PROTOCOL_VERSION, ServerEvent, SOCKET_PATH } from '@/lib/protocol/wire'
import { LiveStore } from './live-store'
import {
  isBeatFrame,
  isDetailFrame,
  isPatchFrame,
  isSnapshotFrame,
  isStatusFrame,
  isStripFrame,
} from './read-frame'
import { noteServerTime, serverNow } from './server-clock'

const CONNECT_TIMEOUT_MS = 8_000
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 8_000
/** The server says how it is once a second; silence of this length means the way is gone. */
const SILENCE_MS = 6_000
/** Two asks for a snapshot are at least this far apart, or a frame we cannot read would ask for ever. */
const SNAPSHOT_PAUSE_MS = 3_000

export interface LiveClientOptions {
  /** Where the server is; the page's own origin by default. */
  url?: string
  schedule?: (run: () => void) => void
  /** Sent with the handshake; only tests outside a browser need it. */
  extraHeaders?: Record<string, string>
  /** Asked when the server refuses: `false` means that the session is over. Never rejects. */
  isSignedIn?: () => Promise<boolean>
}

/**
 * The page's one way to the server: says hello with the last sequence it knows, hands frames to
 * the store, asks for a snapshot when something is missing, and comes back by itself.
 */
export class LiveClient {
  readonly store: LiveStore
  private readonly socket: Socket
  private readonly watched = new Map<string, number>()
  private retry: ReturnType<typeof setTimeout> | undefined
  private watchdog: ReturnType<typeof setInterval> | undefined
  private tries = 0
  private heardAt = 0
  private askedAt = Number.NEGATIVE_INFINITY
  private closed = true

  constructor(private readonly options: LiveClientOptions = {}) {
    this.store = new LiveStore(options.schedule)
    this.socket = io(options.url ?? '', {
      path: SOCKET_PATH,
      transports: ['websocket'],
      autoConnect: false,
      // Its own would hide when the next try is, which the board tells.
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
      ...(options.extraHeaders ? { extraHeaders: options.extraHeaders } : {}),
    })
    this.listen()
  }

  open(): void {
    if (!this.closed) return
    this.closed = false
    this.watchdog = setInterval(() => this.watchSilence(), 1_000)
    this.socket.connect()
  }

  /** Ends the connection; the store keeps what it knows. Idempotent. */
  close(): void {
    if (this.closed) return
    this.closed = true
    if (!this.store.getEnded()) this.store.onLeft(serverNow())
    clearTimeout(this.retry)
    clearInterval(this.watchdog)
    this.socket.disconnect()
  }

  /** Does not wait for the next try. */
  tryNow(): void {
    if (this.closed || this.socket.connected) return
    clearTimeout(this.retry)
    this.socket.connect()
  }

  /** Follows the beats of one coordinator until the returned function is called. */
  watch(coordinatorId: string): () => void {
    const before = this.watched.get(coordinatorId) ?? 0
    this.watched.set(coordinatorId, before + 1)
    if (before === 0 && this.socket.connected)
      this.socket.emit(ClientEvent.watch, { coordinatorId })
    let released = false
    return () => {
      if (released) return
      released = true
      const count = (this.watched.get(coordinatorId) ?? 1) - 1
      if (count > 0) {
        this.watched.set(coordinatorId, count)
        return
      }
      this.watched.delete(coordinatorId)
      this.store.forgetDetail(coordinatorId)
      if (this.socket.connected) this.socket.emit(ClientEvent.unwatch, { coordinatorId })
    }
  }

  private listen(): void {
    const { socket, store } = this
    socket.on('connect', () => {
      this.tries = 0
      this.heardAt = performance.now()
      this.hello(store.getLastSeq())
      for (const coordinatorId of this.watched.keys())
        socket.emit(ClientEvent.watch, { coordinatorId })
    })
    socket.on('disconnect', () => this.lost())
    socket.on('connect_error', () => void this.refused())
    this.on(ServerEvent.snapshot, isSnapshotFrame, (frame) => {
      noteServerTime(frame.serverTime)
      store.onSnapshot(frame)
      store.onLive()
    })
    this.on(ServerEvent.patch, isPatchFrame, (frame) => {
      noteServerTime(frame.serverTime)
      if (store.onPatch(frame) === 'gap') this.askForSnapshot()
      else store.onLive()
    })
    this.on(ServerEvent.status, isStatusFrame, (frame) => {
      noteServerTime(frame.serverTime)
      store.onStatus(frame)
    })
    this.on(ServerEvent.beats, isBeatFrame, (frame) => store.onBeats(frame))
    this.on(ServerEvent.strips, isStripFrame, (frame) => store.onStrips(frame))
    this.on(ServerEvent.detail, isDetailFrame, (frame) => {
      // One that was on its way when somebody stopped looking would stay for ever.
      if (this.watched.has(frame.coordinatorId)) store.onDetail(frame)
    })
    socket.on(ServerEvent.expired, () => this.end('expired'))
    socket.on(ServerEvent.reload, () => this.end('reload'))
  }

  /** A frame that is not what it should be is left out, and the board asked for anew. */
  private on<T>(
    event: string,
    isFrame: (raw: unknown) => raw is T,
    take: (frame: T) => void,
  ): void {
    this.socket.on(event, (raw: unknown) => {
      this.heardAt = performance.now()
      if (isFrame(raw)) take(raw)
      else {
        console.warn(`Signalbox: a ${event} frame could not be read and was left out.`)
        if (event === ServerEvent.patch || event === ServerEvent.snapshot) this.askForSnapshot()
      }
    })
  }

  private hello(lastSeq: string | undefined): void {
    const hello: Hello = {
      protocolVersion: PROTOCOL_VERSION,
      ...(lastSeq === undefined ? {} : { lastSeq }),
    }
    this.socket.emit(ClientEvent.hello, hello)
  }

  private askForSnapshot(): void {
    const now = performance.now()
    if (now - this.askedAt < SNAPSHOT_PAUSE_MS) return
    this.askedAt = now
    this.hello(undefined)
  }

  private end(why: 'expired' | 'reload'): void {
    this.store.onEnded({ why })
    this.close()
  }

  private async refused(): Promise<void> {
    // A refused handshake tells a browser nothing; only the session's own route knows why.
    const signedIn = await this.options.isSignedIn?.()
    if (signedIn === false) this.end('expired')
    // Somebody may not have waited for the answer.
    else if (!this.socket.connected) this.lost()
  }

  private lost(): void {
    if (this.closed) return
    clearTimeout(this.retry)
    const pause = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.tries) * (0.75 + spread() / 2)
    this.tries += 1
    this.store.onLost(serverNow(), serverNow() + pause)
    this.retry = setTimeout(() => this.socket.connect(), pause)
  }

  /** A connection can be dead long before TCP says so. */
  private watchSilence(): void {
    if (!this.socket.connected || performance.now() - this.heardAt < SILENCE_MS) return
    if (typeof document !== 'undefined' && document.visibilityState === 'hidden') return
    // Its `disconnect` event does the rest.
    this.socket.disconnect()
  }
}

/** 0 to 1, so that a thousand pages do not come back in the same instant. */
function spread(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32
}
