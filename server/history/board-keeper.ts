import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { BoxEvent } from '@/lib/protocol/events'
import { compareSequences, SEQUENCE_START } from '@/lib/protocol/ids'
import type { EventLog } from '@/lib/redis/stores/event-log'
import type { HistoryStore } from '@/lib/redis/stores/history-store'
import type { View } from '@/lib/view/view'
import type { Projection } from '../projection/projection'
import { packBoard } from './board-text'

/** Where the past is stored from: the board of one server. */
export type KeptProjection = Pick<Projection, 'view' | 'recent' | 'on' | 'off'>

export interface KeeperPace {
  /** Events between two stored boards at least; larger boards are stored as many more apart. */
  readonly events: number
  /** With fewer events, a board is stored all the same after this time, ms. */
  readonly ms: number
  /** Between any two, by any server, at least, ms. */
  readonly pauseMs: number
}

export const KEEPER_PACE: KeeperPace = { events: 1_000, ms: 3_600_000, pauseMs: 5_000 }

export interface KeeperParts {
  projection: KeptProjection
  store: HistoryStore
  log: Pick<EventLog, 'oldest'>
  logger: Logger
  pace?: KeeperPace
}

/**
 * Stores the board every so often, so that a moment of the past is a stored board and the few events
 * after it. Of several servers on one Redis, the one that finds the last one old enough does it.
 */
export class BoardKeeper {
  private readonly me = randomUUID()
  private readonly pace: KeeperPace
  /** Events seen since the last stored board, as far as this server knows. */
  private seen = Number.POSITIVE_INFINITY
  private looking = false
  private running: Promise<void> = Promise.resolve()
  private readonly timer: NodeJS.Timeout

  constructor(private readonly parts: KeeperParts) {
    this.pace = parts.pace ?? KEEPER_PACE
    parts.projection.on('events', this.onEvents)
    parts.projection.on('snapshot', this.look)
    this.timer = setInterval(this.look, Math.min(this.pace.ms, 60_000))
    this.timer.unref()
    this.look()
  }

  /** Resolves when nothing is being written any more. */
  async close(): Promise<void> {
    clearInterval(this.timer)
    this.parts.projection.off('events', this.onEvents)
    this.parts.projection.off('snapshot', this.look)
    await this.running
  }

  private readonly onEvents = (events: readonly BoxEvent[]): void => {
    this.seen += events.length
    if (this.seen >= this.spacing()) this.look()
  }

  /**
   * A board costs by its size, and going through events by their number: with as many events between
   * two boards as a board has records, each event costs the same whatever the size of the board.
   */
  private spacing(): number {
    const { coordinators, signals, consensus, breakers } = this.parts.projection.view()
    const records = coordinators.size + signals.size + consensus.size + breakers.size
    return Math.max(this.pace.events, records)
  }

  private readonly look = (): void => {
    if (this.looking) return
    this.looking = true
    this.running = this.keep()
      .catch((error: unknown) => this.parts.logger.debug({ err: error }, 'no board was stored'))
      .finally(() => {
        this.looking = false
      })
  }

  private async keep(): Promise<void> {
    const { projection, store, log, logger } = this.parts
    if (!(await this.dueBoard())) return
    if (!(await store.takeTurn(this.me, this.pace.pauseMs))) return this.leaveToOthers()
    // Between the look and the turn somebody may just have been done.
    const view = await this.dueBoard()
    if (!view) return
    const oldest = await log.oldest()
    const packed = await packBoard(view)
    const stored = await store.store(this.me, view.seq, packed, oldest ?? SEQUENCE_START)
    // It took longer than the turn lasts.
    if (!stored) return this.leaveToOthers()
    this.seen = projection.recent.after(view.seq)?.length ?? 0
    logger.debug({ seq: view.seq, bytes: packed.length }, 'stored the board')
  }

  /** Somebody else is at it: soon enough there is a board to count from. */
  private leaveToOthers(): void {
    this.seen = this.spacing() / 2
  }

  /** The board as it is, if it is time to store it. */
  private async dueBoard(): Promise<View | undefined> {
    const newest = await this.parts.store.newest()
    const view = this.parts.projection.view()
    if (view.seq === SEQUENCE_START || !isExact(view)) return undefined
    if (newest === undefined) return view
    // Nothing happened since, or Redis was emptied and has less than what is stored.
    if (compareSequences(view.seq, newest) <= 0) return undefined
    const since = this.parts.projection.recent.after(newest)
    if (since === undefined) return view
    this.seen = since.length
    const old = view.at - Number(newest.split('-')[0])
    return since.length >= this.spacing() || old >= this.pace.ms ? view : undefined
  }
}

/** Right after records were read some of them may be newer than the board's own sequence: no moment was ever so. */
function isExact(view: View): boolean {
  const lists = [
    view.coordinators,
    view.signals,
    view.consensus,
    view.breakers,
    view.spawns,
    view.marks,
  ]
  return lists.every((list) => {
    for (const { seq } of list.values()) if (compareSequences(seq, view.seq) > 0) return false
    return true
  })
}
