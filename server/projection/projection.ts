import { EventEmitter } from 'node:events'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { type BoxEvent, parseEventEntry } from '@/lib/protocol/events'
import type { StatusFrame } from '@/lib/protocol/frames'
import type { WireView } from '@/lib/protocol/view'
import type { NamespaceKeys } from '@/lib/redis/keys'
import { replaceSilentConnection } from '@/lib/redis/replace-silent-connection'
import type { Board } from '@/lib/runtime/runtime'
import { applyEvents } from '@/lib/view/reduce'
import { emptyView, type View, viewFromWire } from '@/lib/view/view'
import { type Beat, BeatReader } from './beat-reader'
import { BeatRings } from './beat-rings'
import { cursorHolds, type RawEntry, readEntriesAfter } from './event-cursor'
import { pause } from './pause'
import { RateMeter } from './rate-meter'
import { type LogEntry, RecentEvents } from './recent-events'
import { RedisClock } from './redis-clock'
import { RedisHealth } from './redis-health'
import { within } from './within'

/** Redis is asked to wait this long for the next event, ms. */
const BLOCK_MS = 1000
/** Beyond that its answer is late, and the link may be dead without anybody having said so, ms. */
const LATE_MS = 3000
/** Between two reads at least, ms: a burst comes as one batch. */
const READ_PAUSE_MS = 40
const BEAT_TICK_MS = 100
const RETRY_MS = 250

export interface ProjectionParts {
  redis: Redis
  /** A connection of its own: it waits inside of Redis. Not yet connected. */
  blocking: Redis
  keys: NamespaceKeys
  namespace: string
  breaker: CircuitBreaker
  /** All records, and the end of the stream as it was before they were read. */
  readBoard: () => Promise<WireView>
  log: Logger
}

export interface ProjectionEvents {
  /** Folded in already. Without a gap since the last batch or snapshot. */
  events: [readonly BoxEvent[]]
  /** The board was read anew: what came between is not known event by event. */
  snapshot: []
  beats: [readonly Beat[]]
  /** Redis was lost or came back. */
  health: []
}

/**
 * The board as one server knows it: a snapshot of the records, and from there every event of the
 * stream without a gap. Servers share nothing but Redis.
 */
export class Projection extends EventEmitter<ProjectionEvents> implements Board {
  readonly recent: RecentEvents
  readonly rings = new BeatRings()
  private readonly clock = new RedisClock()
  private readonly health: RedisHealth
  private readonly beats: BeatReader
  private readonly eventRate = new RateMeter()
  private readonly beatRate = new RateMeter()
  private current: View
  private known = false
  private lagMs: number | null = null
  private lastSweepAt: number | undefined
  private readonly stopping = new AbortController()
  private loops: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: ProjectionParts) {
    super()
    this.current = emptyView(parts.namespace)
    this.recent = new RecentEvents(this.current.seq)
    this.beats = new BeatReader(parts.redis, parts.keys.beats)
    this.health = new RedisHealth(parts.redis, parts.breaker, this.clock, () =>
      this.lookAtMonitor(),
    )
    this.health.on('change', (status) => {
      parts.log.warn({ redis: status.state, error: status.error }, 'redis changed')
      this.emit('health')
    })
  }

  /** Resolves with the first snapshot; goes on until `close`. */
  async start(): Promise<void> {
    this.health.start()
    const first = new Promise<void>((resolve) => this.once('snapshot', resolve))
    this.loops = Promise.all([this.followEvents(), this.followBeats()])
    await first
  }

  view(): View {
    return this.current
  }

  serverNow(): number {
    return this.clock.now()
  }

  lastBeat(id: string): number | undefined {
    return this.rings.of(id, 1)[0]
  }

  /** `clients` is for whoever serves them to fill in. */
  status(): StatusFrame {
    return {
      serverTime: this.clock.now(),
      redis: this.health.status(),
      eventLagMs: this.lagMs,
      eventsPerSecond: this.eventRate.perSecond(),
      beatsPerSecond: this.beatRate.perSecond(),
      clients: 0,
      ...(this.lastSweepAt === undefined ? {} : { lastSweepAt: this.lastSweepAt }),
    }
  }

  async close(): Promise<void> {
    this.stopping.abort()
    this.health.close()
    this.parts.blocking.disconnect()
    await this.loops
    this.removeAllListeners()
  }

  private get closed(): boolean {
    return this.stopping.signal.aborted
  }

  private async followEvents(): Promise<void> {
    const { redis, blocking, keys, log } = this.parts
    blocking.on('error', (error) => log.debug({ err: error }, 'redis, tail of events'))
    blocking.connect().catch(() => {})
    // Whether what is known is known to be without a gap up to the cursor.
    let sure = false
    while (!this.closed) {
      try {
        // After a read that brought something the next one tells; a quiet log may have been cut or emptied.
        if (!this.known || !(sure || (await cursorHolds(redis, keys.events, this.current.seq)))) {
          await this.readAll()
        }
        sure = false
        const began = performance.now()
        const read = readEntriesAfter(blocking, keys.events, this.current.seq, BLOCK_MS)
        const entries = await within(read, 'tail of events', BLOCK_MS + LATE_MS)
        if (entries.length === 0) {
          // All is here: how late the last one came, after an outage, is no word about now.
          if ((this.lagMs ?? 0) > BLOCK_MS) this.lagMs = null
          continue
        }
        // Only now: had it been trimmed before the read, the read would have skipped some.
        if (!(await cursorHolds(redis, keys.events, this.current.seq))) {
          await this.readAll()
          continue
        }
        this.take(entries)
        sure = true
        await pause(READ_PAUSE_MS - (performance.now() - began), this.stopping.signal)
      } catch (error) {
        if (this.closed) return
        log.debug({ err: error }, 'the tail of events broke off')
        replaceSilentConnection(blocking)
        await pause(RETRY_MS, this.stopping.signal)
      }
    }
  }

  private async readAll(): Promise<void> {
    const wire = await this.parts.readBoard()
    this.current = viewFromWire(wire)
    this.known = true
    this.recent.restart(this.current.seq)
    this.beats.restart()
    this.rings.keepOnly((id) => this.current.coordinators.has(id))
    this.parts.log.info(
      { seq: wire.seq, coordinators: wire.coordinators.length },
      'read the whole board',
    )
    this.emit('snapshot')
  }

  private take(entries: readonly RawEntry[]): void {
    const newest = entries.at(-1)
    if (!newest) return
    const read = entries.map((entry) => this.readEntry(entry))
    const events = read.flatMap((entry) => entry.event ?? [])
    const forgot = events.some((event) => event.type === 'coordinator.forgotten')
    // The cursor moves over what was skipped as well.
    this.current = { ...applyEvents(this.current, events), seq: newest.seq }
    if (forgot) this.rings.keepOnly((id) => this.current.coordinators.has(id))
    this.eventRate.add(events.length)
    const at = events.at(-1)?.at
    if (at !== undefined) this.lagMs = Math.max(0, this.clock.now() - at)
    this.recent.add(read)
    if (events.length > 0) this.emit('events', events)
  }

  private readEntry({ seq, json }: RawEntry): LogEntry {
    const parsed = parseEventEntry(seq, json ?? '')
    if (parsed.ok) return { seq, event: parsed.event }
    this.parts.log.warn({ seq, problem: parsed.problem }, 'an entry of the log was skipped')
    return { seq }
  }

  private async followBeats(): Promise<void> {
    while (!this.closed) {
      const began = performance.now()
      try {
        if (this.known && this.parts.redis.status === 'ready') {
          const beats = await this.beats.read()
          const fresh = beats.filter((beat) => this.rings.add(beat.id, beat.at))
          if (fresh.length > 0) {
            this.beatRate.add(fresh.length)
            this.emit('beats', fresh)
          }
        }
      } catch (error) {
        if (this.closed) return
        this.parts.log.debug({ err: error }, 'beats could not be read')
        await pause(RETRY_MS, this.stopping.signal)
      }
      await pause(BEAT_TICK_MS - (performance.now() - began), this.stopping.signal)
    }
  }

  private async lookAtMonitor(): Promise<void> {
    const text = await this.parts.redis.hget(this.parts.keys.monitor, 'lastSweepAt')
    const at = Number(text ?? Number.NaN)
    this.lastSweepAt = Number.isSafeInteger(at) && at >= 0 ? at : undefined
  }
}
