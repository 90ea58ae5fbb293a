import WebSocket from 'ws'
import { PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol/wire'
import type { Part } from '../../serve-parts'

export interface SocketsOptions {
  readonly url: string
  /** `Cookie` headers, one for each socket. */
  readonly cookies: readonly string[]
}

export interface Delivery {
  readonly p50: number
  readonly p99: number
  readonly count: number
}

export interface SocketsSeen {
  /** From Redis' own time of the event to its frame at a socket, ms, over all sockets. */
  readonly events: Delivery
  readonly beats: Delivery
  readonly framesPerSecond: number
  readonly bytesPerSecond: number
  readonly open: number
  /** Sockets that were closed by the server. */
  readonly lost: number
}

const LONGEST_MS = 10_000
/** Enough of a frame to know it by. */
const HEAD = 120

/** Counts by the millisecond: half a million deliveries a second are too many to keep each. */
class Latencies {
  private readonly counts = new Float64Array(LONGEST_MS + 1)
  private total = 0

  add(ms: number, times = 1): void {
    const slot = Math.max(0, Math.min(LONGEST_MS, Math.round(ms)))
    this.counts[slot] = (this.counts[slot] ?? 0) + times
    this.total += times
  }

  get(): Delivery {
    const at = (share: number) => {
      let rest = this.total * share
      return this.counts.findIndex((count) => {
        rest -= count
        return rest <= 0
      })
    }
    return { p50: at(0.5), p99: at(0.99), count: this.total }
  }

  clear(): void {
    this.counts.fill(0)
    this.total = 0
  }
}

/**
 * A process that holds many sockets, each as a page opens it. All of them get the same frames: the
 * first copy is parsed, of the others only the arrival is taken, so that this process is not what is
 * measured.
 */
export function socketsPart(): Part {
  const sockets: WebSocket[] = []
  const events = new Latencies()
  const beats = new Latencies()
  let [frames, bytes, lost] = [0, 0, 0]
  let since = performance.now()
  /** When what a frame tells happened, by the start of the frame. */
  const known = new Map<string, readonly number[]>()

  const timesOf = (head: string, data: Buffer): readonly number[] => {
    const before = known.get(head)
    if (before) return before
    const [name, frame] = JSON.parse(data.toString().slice(2)) as [string, never]
    const times = name === 'patch' ? eventTimes(frame) : beatTimes(frame)
    known.set(head, times)
    if (known.size > 200) known.delete(known.keys().next().value ?? '')
    return times
  }
  const onFrame = (data: Buffer) => {
    frames += 1
    bytes += data.length
    const head = data.toString('latin1', 0, HEAD)
    const into = head.startsWith('42["patch"')
      ? events
      : head.startsWith('42["beats"')
        ? beats
        : undefined
    if (!into) return
    // Redis runs on this machine: its clock is this one.
    const now = Date.now()
    for (const at of timesOf(head, data)) into.add(now - at)
  }
  const open = (url: string, cookie: string) =>
    new Promise<void>((resolve, reject) => {
      const address = `${url.replace(/^http/, 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`
      const socket = new WebSocket(address, {
        perMessageDeflate: false,
        headers: { cookie, origin: url },
      })
      sockets.push(socket)
      socket.on('error', reject)
      socket.on('close', () => {
        lost += 1
      })
      socket.on('message', (data: Buffer) => {
        const type = data.toString('latin1', 0, 2)
        if (type === '42') {
          onFrame(data)
          // The board has come.
          if (data.toString('latin1', 2, 13) === '["snapshot"') resolve()
        } else if (type[0] === '2') socket.send('3')
        else if (type[0] === '0') socket.send('40')
        else if (type === '40') socket.send(`42["hello",{"protocolVersion":${PROTOCOL_VERSION}}]`)
      })
    })

  return {
    prepare: async ({ url, cookies }: SocketsOptions) => {
      for (const cookie of cookies) await open(url, cookie)
    },
    restart: () => {
      events.clear()
      beats.clear()
      frames = 0
      bytes = 0
      since = performance.now()
    },
    seen: (): SocketsSeen => {
      const seconds = (performance.now() - since) / 1000
      const count = sockets.filter((it) => it.readyState === WebSocket.OPEN).length
      return {
        events: events.get(),
        beats: beats.get(),
        framesPerSecond: frames / seconds / count,
        bytesPerSecond: bytes / seconds / count,
        open: count,
        lost,
      }
    },
    close: () => {
      for (const it of sockets) it.terminate()
    },
  }
}

function eventTimes(frame: { events: readonly { at: number }[] }): number[] {
  return frame.events.map((it) => it.at)
}

function beatTimes(frame: { at: number; ages: readonly number[] }): number[] {
  return frame.ages.map((age) => frame.at - age)
}
