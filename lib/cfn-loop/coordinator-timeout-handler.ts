import { EventEmitter } from 'node:events'
import type { TimeoutCause } from '../observability/metrics-recorder'
import type { BoxEvent } from '../protocol/events'
import { InvalidInputError } from '../redis/errors'
import { namespaceKeys } from '../redis/keys'
import { createScriptRunner, type ScriptRunner } from '../redis/run-script'
import { tellListeners } from './breaker/tell-listeners'
import { createDebugLog } from './debug-log'
import type { EscalationOptions } from './escalate-coordinator'
import { randomId } from './random-id'
import { guardScripts, redisBreakerOf } from './redis-breaker'
import { checkId } from './signal-input'
import { ActivityByHand } from './timeout/activity-by-hand'
import { askTimeout } from './timeout/ask-timeout'
import { cleanupCoordinator } from './timeout/cleanup-coordinator'
import type { Death } from './timeout/death-reader'
import {
  type CoordinatorTimeoutHandlerOptions,
  checkHandlerOptions,
} from './timeout/handler-options'
import { News, type TellNews } from './timeout/news'
import { Replacements } from './timeout/replacements'
import type {
  CoordinatorEscalatedEvent,
  TimeoutHandlerEvents,
  TimeoutHandlerMetrics,
} from './timeout/timeout-events'
import { Watch } from './timeout/watch'

/**
 * Finds coordinators that fell silent, tells its listeners, cleans up, and has them replaced.
 *
 * Any number of handlers may watch one namespace: each death is claimed by one of them, and every
 * handler's own listeners hear of it once, with `claimed` true on that one. While it does not monitor it
 * holds no timer and reads nothing; it never holds a connection of its own.
 */
export class CoordinatorTimeoutHandler extends EventEmitter<TimeoutHandlerEvents> {
  /** Names this handler in the log. */
  readonly monitorId = randomId(12)
  readonly #options: ReturnType<typeof checkHandlerOptions>
  readonly #runner: ScriptRunner
  readonly #watch: Watch
  readonly #byHand: ActivityByHand
  readonly #replacements: Replacements
  readonly #news: News

  /** @throws InvalidInputError naming the option; ConfigurationError on a Cluster without a namespace */
  constructor(options: CoordinatorTimeoutHandlerOptions) {
    super()
    const it = checkHandlerOptions(options)
    const { redisClient, autoCleanup, checkInterval: intervalMs } = it
    const { monitorId } = this
    const breaker = redisBreakerOf(redisClient)
    const runner = guardScripts(
      createScriptRunner(redisClient, namespaceKeys(it.namespace), `monitor:${monitorId}`),
      breaker,
    )
    const debug = createDebugLog(it.debug, `timeout handler ${monitorId}`)
    const tell: TellNews = (event, ...args) => tellListeners(this, event, args)
    this.#options = it
    this.#runner = runner
    this.#byHand = new ActivityByHand(runner, it.timeoutThreshold)
    this.#news = new News(monitorId, tell, debug)
    this.#replacements = new Replacements({
      runner,
      breaker,
      monitorId,
      intervalMs,
      autoCleanup,
      onBegin: (coordinatorId) => this.#ask(coordinatorId),
      onDone: (deadCoordinatorId, { newCoordinatorId, swarmId, at, seq, claimed }) =>
        this.#hearEscalation(seq, {
          deadCoordinatorId,
          newCoordinatorId,
          swarmId,
          timestamp: at,
          claimed,
        }),
      onFailed: (coordinatorId, swarmId, error) =>
        this.#news.notEscalated(coordinatorId, swarmId, error),
    })
    this.#watch = new Watch({
      runner,
      breaker,
      monitorId,
      intervalMs,
      autoCleanup,
      thresholdMs: it.timeoutThreshold,
      debug,
      onEvent: (event) => this.#hear(event),
      onDeath: (death) => this.#hearDeath(death),
      onBegin: async (dead) => {
        if (!it.autoEscalate) return
        for (const { coordinatorId } of await dead()) this.#replacements.plan(coordinatorId)
      },
      onLooked: () => this.#replacements.carryOut(() => this.isMonitoring),
    })
  }

  get isMonitoring(): boolean {
    return this.#watch.isOn
  }

  /** Looks every `checkInterval` from now on, and once at the start, to judge a gap. Idempotent. */
  startMonitoring(): void {
    if (this.isMonitoring) return
    this.#watch.start(() => this.#news.tick())
    tellListeners(this, 'monitoring:started', [])
  }

  /** No tick, and no event of one, comes after this. Idempotent. */
  stopMonitoring(): void {
    if (!this.isMonitoring) return
    this.#watch.stop()
    this.#replacements.dropAll()
    tellListeners(this, 'monitoring:stopped', [])
  }

  /**
   * Registers, or beats for, a coordinator that has no process of its own, under the incarnation that it
   * was registered with. Of one that lives by itself it only notes the action.
   *
   * @throws FencedError when it was replaced since: late beats are refused, and counted
   */
  async recordActivity(coordinatorId: string, iteration: number, phase?: string): Promise<void> {
    checkId('coordinatorId', coordinatorId)
    await this.#watch.started
    await this.#byHand.record(coordinatorId, iteration, phase)
  }

  /**
   * Whether it is timed out, whoever found that; claims the death if nobody has. Resolves after this
   * handler's listeners have heard of the death and the cleanup.
   *
   * @throws what the connection throws
   */
  async checkCoordinatorTimeout(coordinatorId: string): Promise<boolean> {
    checkId('coordinatorId', coordinatorId)
    // Judges a gap first, where this handler is to be trusted with that.
    if (this.isMonitoring) await this.#watch.look()
    return this.#ask(coordinatorId)
  }

  /**
   * Removes what is left of it among the living and its cached ACKs; one that lives is marked as stopped.
   * Its pending signals and work items stay.
   *
   * @throws what the connection throws, after `cleanup:failed`
   */
  async cleanupTimeoutCoordinator(coordinatorId: string): Promise<void> {
    checkId('coordinatorId', coordinatorId)
    try {
      const at = await cleanupCoordinator(this.#runner, coordinatorId)
      this.#byHand.forget(coordinatorId)
      this.#news.cleaned(coordinatorId, at)
    } catch (error) {
      this.#news.notCleaned(coordinatorId, error)
      throw error
    }
  }

  /**
   * Has a dead coordinator replaced, once for each of its lives.
   *
   * @returns the replacement's id, the same however often and by whomever this is called; null, after
   *   `escalation:failed`, where it is unknown, lives (and `force` is not set), or Redis cannot be reached
   * @throws InvalidInputError for bad ids, and for `force` without a reason
   */
  async escalateDeadCoordinator(
    coordinatorId: string,
    swarmId: string,
    options: EscalationOptions = {},
  ): Promise<string | null> {
    checkId('coordinatorId', coordinatorId)
    checkId('swarmId', swarmId)
    if (options.force && !options.reason?.trim()) {
      throw new InvalidInputError('reason', 'must say why, when one that may live is replaced')
    }
    return this.#replacements.escalate(coordinatorId, swarmId, options)
  }

  getMetrics(): TimeoutHandlerMetrics {
    return this.#news.metrics
  }

  resetMetrics(): void {
    this.#news.resetMetrics()
  }

  /** @returns whether it is timed out, after the listeners have heard of it */
  async #ask(coordinatorId: string): Promise<boolean> {
    const death = await askTimeout(this.#runner, {
      coordinatorId,
      monitorId: this.monitorId,
      autoCleanup: this.#options.autoCleanup,
      intervalMs: this.#options.checkInterval,
    })
    if (death) this.#hearDeath(death, 'external')
    return death !== undefined
  }

  #hear(event: BoxEvent): void {
    if (!this.isMonitoring) return
    const coordinatorId = event.entity.slice('coordinator:'.length)
    const claimed = event.actor === this.#runner.actor
    switch (event.type) {
      case 'coordinator.timed_out':
        this.#hearDeath({ ...event.data, seq: event.seq, coordinatorId, at: event.at })
        return
      case 'coordinator.stale':
        this.#news.stale(coordinatorId, event, claimed)
        return
      case 'coordinator.recovered':
        this.#replacements.drop(coordinatorId)
        this.#news.recovered(coordinatorId, event)
        return
      case 'coordinator.escalated':
        if (this.#replacements.isUnderWay(coordinatorId)) return
        this.#hearEscalation(event.seq, {
          deadCoordinatorId: coordinatorId,
          newCoordinatorId: event.data.newCoordinatorId,
          swarmId: event.data.swarmId,
          timestamp: event.at,
          claimed,
        })
        return
      default:
    }
  }

  #hearDeath(death: Death, found: TimeoutCause = 'heartbeat'): void {
    const isNews = this.#news.death(death, found)
    if (isNews && this.#options.autoEscalate && this.isMonitoring) {
      this.#replacements.plan(death.coordinatorId)
    }
  }

  #hearEscalation(seq: string, event: CoordinatorEscalatedEvent): void {
    this.#replacements.drop(event.deadCoordinatorId)
    this.#news.escalated(seq, event)
  }
}
