import { metricsRecorder, type TimeoutCause } from '../../observability/metrics-recorder'
import type { BoxEvent } from '../../protocol/events'
import type { Sequence } from '../../protocol/ids'
import type { DebugLog } from '../debug-log'
import type { Death } from './death-reader'
import { HeardOnce } from './heard-once'
import {
  type CoordinatorEscalatedEvent,
  type TimeoutHandlerEvents,
  type TimeoutHandlerMetrics,
  timeoutReason,
} from './timeout-events'

export type TellNews = <E extends keyof TimeoutHandlerEvents>(
  event: E,
  ...args: TimeoutHandlerEvents[E]
) => void

type Of<T extends BoxEvent['type']> = Extract<BoxEvent, { type: T }>

/** What one handler's listeners hear of coordinators, each death and each replacement once; and how much that was. */
export class News {
  readonly #monitorId: string
  readonly #tell: TellNews
  readonly #debug: DebugLog
  readonly #heard = new HeardOnce()
  #metrics = noMetrics()

  constructor(monitorId: string, tell: TellNews, debug: DebugLog) {
    this.#monitorId = monitorId
    this.#tell = tell
    this.#debug = debug
  }

  get metrics(): TimeoutHandlerMetrics {
    return { ...this.#metrics }
  }

  resetMetrics(): void {
    this.#metrics = noMetrics()
  }

  /** A tick of the interval. */
  tick(): void {
    this.#metrics.totalChecks++
  }

  /** @param claimed by this handler */
  stale(coordinatorId: string, { at, data }: Of<'coordinator.stale'>, claimed: boolean): void {
    if (claimed) metricsRecorder()?.heartbeatFailed(coordinatorId, 'stale')
    const { silentMs, thresholdMs } = data
    this.#tell('coordinator:stale', { coordinatorId, timestamp: at, silentMs, thresholdMs })
  }

  recovered(coordinatorId: string, { at, data }: Of<'coordinator.recovered'>): void {
    this.#tell('coordinator:recovered', { coordinatorId, timestamp: at, from: data.from })
  }

  /** @returns false when it was told before */
  death(death: Death, found: TimeoutCause): boolean {
    const { coordinatorId, at, silentMs, phase } = death
    if (!this.#heard.isNews(`death:${coordinatorId}`, death.seq)) return false
    const claimed = death.monitorId === this.#monitorId
    this.#metrics.timeoutEventsTotal++
    // Of all monitors the one that claimed it counts.
    if (claimed) metricsRecorder()?.timedOut(coordinatorId, found)
    this.#debug('a coordinator timed out', { coordinatorId, silentMs })
    this.#tell('coordinator:timeout', {
      coordinatorId,
      timeoutDuration: silentMs,
      timestamp: at,
      reason: timeoutReason(silentMs, death.thresholdMs),
      metadata: {
        lastHeartbeat: death.lastBeat,
        iteration: death.iteration,
        ...(phase === undefined ? {} : { phase }),
      },
      claimed,
    })
    if (death.cleaned) this.cleaned(coordinatorId, at)
    return true
  }

  cleaned(coordinatorId: string, timestamp: number): void {
    this.#metrics.cleanupsPerformed++
    this.#tell('cleanup:complete', { coordinatorId, timestamp })
  }

  notCleaned(coordinatorId: string, error: unknown): void {
    this.#metrics.cleanupFailures++
    this.#debug('a cleanup failed', { coordinatorId, error })
    this.#tell('cleanup:failed', { coordinatorId, timestamp: Date.now(), error })
  }

  escalated(seq: Sequence, event: CoordinatorEscalatedEvent): void {
    if (!this.#heard.isNews(`escalation:${event.deadCoordinatorId}`, seq)) return
    metricsRecorder()?.gone(event.deadCoordinatorId)
    this.#debug('a coordinator was replaced', { ...event })
    this.#tell('coordinator:escalated', event)
  }

  notEscalated(coordinatorId: string, swarmId: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#debug('an escalation failed', { coordinatorId, reason })
    this.#tell('escalation:failed', {
      coordinatorId,
      swarmId,
      timestamp: Date.now(),
      reason,
      error,
    })
  }
}

function noMetrics(): TimeoutHandlerMetrics {
  return { totalChecks: 0, timeoutEventsTotal: 0, cleanupsPerformed: 0, cleanupFailures: 0 }
}
