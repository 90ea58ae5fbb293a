import type { Server } from 'socket.io'
import type { BoxEvent } from '@/lib/protocol/events'
import {
  type BeatFrame,
  type DetailFrame,
  type PatchFrame,
  ServerEvent,
  type SnapshotFrame,
} from '@/lib/protocol/frames'
import type { Sequence } from '@/lib/protocol/ids'
import { withFreshBeat } from '@/lib/view/fresh-beat'
import { viewToWire } from '@/lib/view/view'
import type { Beat } from '../projection/beat-reader'
import type { Projection } from '../projection/projection'
import { FramePacer } from './frame-pacer'
import { stripFrames } from './strip-frames'

/** Sockets that know the board as of the last flush, and get every patch from there. */
const LIVE = 'live'
/** Sockets that wait for the whole board. */
const FRESH = 'fresh'
/** Sockets that got what they missed, and wait for the strips. */
const BACK = 'back'
const watchRoom = (coordinatorId: string) => `watch:${coordinatorId}`

type Joiner = { join(room: string): unknown; leave(room: string): unknown }

/**
 * Sends what the projection learns to all sockets, each frame encoded once. Everybody in `live`
 * stands at the same sequence: whoever comes in between waits for the next flush.
 */
export class Broadcaster {
  private readonly pacer = new FramePacer(() => this.flush())
  private pendingEvents: BoxEvent[] = []
  private pendingBeats = new Map<string, number>()
  private sentSeq: Sequence
  private readonly fresh = new Set<Joiner>()
  private readonly back = new Set<Joiner>()
  private restarted = false

  constructor(
    private readonly io: Server,
    private readonly projection: Projection,
    private readonly clients: () => number,
  ) {
    this.sentSeq = projection.view().seq
    projection.on('events', this.onEvents)
    projection.on('beats', this.onBeats)
    projection.on('snapshot', this.onSnapshot)
    projection.on('health', this.sendStatus)
    this.statusTimer = setInterval(this.sendStatus, 1000)
  }
  private readonly statusTimer: NodeJS.Timeout

  /** A page said hello: it gets what it missed, if that is known, else the whole board. */
  welcome(socket: Joiner & Emitter, lastSeq: Sequence | undefined): void {
    socket.leave(LIVE)
    socket.leave(FRESH)
    socket.leave(BACK)
    this.forget(socket)
    // What is not flushed yet goes out first, so that all in `live` stand at one sequence.
    if (this.isBehind()) this.flush()
    const missed = lastSeq === undefined ? undefined : this.projection.recent.after(lastSeq)
    if (missed && lastSeq !== undefined && !this.restarted) {
      socket.emit(ServerEvent.patch, this.patch(lastSeq, missed))
      // The strips are the larger part, and the same for all who come back at once.
      this.back.add(socket)
      socket.join(BACK)
      socket.join(LIVE)
      this.pacer.want()
    } else {
      this.fresh.add(socket)
      socket.join(FRESH)
      this.pacer.want()
    }
    socket.emit(ServerEvent.status, this.statusFrame())
  }

  watch(socket: Joiner & Emitter, coordinatorId: string): void {
    socket.join(watchRoom(coordinatorId))
    socket.emit(ServerEvent.detail, this.detail(coordinatorId))
  }

  unwatch(socket: Joiner, coordinatorId: string): void {
    socket.leave(watchRoom(coordinatorId))
  }

  /** A socket is gone. */
  forget(socket: Joiner): void {
    this.fresh.delete(socket)
    this.back.delete(socket)
  }

  close(): void {
    this.pacer.close()
    clearInterval(this.statusTimer)
    this.projection.off('events', this.onEvents)
    this.projection.off('beats', this.onBeats)
    this.projection.off('snapshot', this.onSnapshot)
    this.projection.off('health', this.sendStatus)
  }

  private readonly onEvents = (events: readonly BoxEvent[]): void => {
    for (const event of events) this.pendingEvents.push(event)
    this.pacer.want()
  }

  private readonly onBeats = (beats: readonly Beat[]): void => {
    for (const { id, at } of beats) this.pendingBeats.set(id, at)
    this.pacer.want()
  }

  private readonly onSnapshot = (): void => {
    this.restarted = true
    this.pendingEvents = []
    this.pacer.want()
  }

  private readonly sendStatus = (): void => {
    this.io.emit(ServerEvent.status, this.statusFrame())
  }

  /** Whether the board has moved on since the last flush, be it by entries that nobody can read. */
  private isBehind(): boolean {
    return this.sentSeq !== this.projection.view().seq
  }

  private flush(): void {
    if (this.restarted) {
      // Nobody knows what came between: everybody gets the board anew.
      this.restarted = false
      this.sendSnapshot([LIVE, FRESH])
      this.sendStrips([LIVE, FRESH])
    } else {
      if (this.isBehind()) {
        this.io.to(LIVE).emit(ServerEvent.patch, this.patch(this.sentSeq, this.pendingEvents))
      }
      if (this.fresh.size > 0) this.sendSnapshot([FRESH])
      if (this.fresh.size + this.back.size > 0) this.sendStrips([FRESH, BACK])
    }
    this.sentSeq = this.projection.view().seq
    this.pendingEvents = []
    for (const socket of this.fresh) {
      socket.leave(FRESH)
      socket.join(LIVE)
    }
    this.fresh.clear()
    for (const socket of this.back) socket.leave(BACK)
    this.back.clear()
    this.sendBeats()
  }

  private sendSnapshot(rooms: string[]): void {
    const view = this.projection.view()
    const wire = viewToWire(view)
    const frame: SnapshotFrame = {
      seq: view.seq,
      serverTime: this.projection.serverNow(),
      // Nobody is to look silent until the strips have come.
      view: {
        ...wire,
        coordinators: wire.coordinators.map((it) =>
          withFreshBeat(it, this.projection.lastBeat(it.id)),
        ),
      },
    }
    this.io.to(rooms).emit(ServerEvent.snapshot, frame)
  }

  private sendStrips(rooms: string[]): void {
    for (const strips of stripFrames(this.projection.rings)) {
      this.io.to(rooms).emit(ServerEvent.strips, strips)
    }
  }

  private sendBeats(): void {
    if (this.pendingBeats.size === 0) return
    const at = this.projection.serverNow()
    const frame: BeatFrame = { at, ids: [], ages: [] }
    for (const [id, beat] of this.pendingBeats) {
      frame.ids.push(id)
      frame.ages.push(Math.max(0, at - beat))
      const room = watchRoom(id)
      if (this.io.sockets.adapter.rooms.has(room)) {
        this.io.to(room).emit(ServerEvent.detail, this.detail(id))
      }
    }
    this.pendingBeats = new Map()
    this.io.to(LIVE).emit(ServerEvent.beats, frame)
  }

  private patch(fromSeq: Sequence, events: BoxEvent[]): PatchFrame {
    return {
      fromSeq,
      toSeq: this.projection.view().seq,
      serverTime: this.projection.serverNow(),
      events,
    }
  }

  private detail(coordinatorId: string): DetailFrame {
    return { coordinatorId, beats: this.projection.rings.of(coordinatorId) }
  }

  private statusFrame() {
    return { ...this.projection.status(), clients: this.clients() }
  }
}

type Emitter = { emit(event: string, frame: unknown): unknown }
