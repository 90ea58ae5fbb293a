import type { BoxEvent } from '../../protocol/events'
import type { ScriptRunner } from '../../redis/run-script'
import type { CircuitBreaker } from '../circuit-breaker'
import { DeadlineMonitor } from '../deadline-monitor'
import type { DebugLog } from '../debug-log'
import { setNamespaceThreshold } from '../set-namespace-threshold'
import { type Death, DeathReader } from './death-reader'

export interface WatchOptions {
  readonly runner: ScriptRunner
  readonly breaker: CircuitBreaker
  readonly monitorId: string
  readonly intervalMs: number
  readonly autoCleanup: boolean
  /** Becomes the namespace's default at the first look. */
  readonly thresholdMs: number | undefined
  readonly debug: DebugLog
  readonly onEvent: (event: BoxEvent) => void
  readonly onDeath: (death: Death) => void
  /** After the first look of all has begun: who is dead already. */
  readonly onBegin: (dead: () => Promise<Death[]>) => Promise<void>
  /** After each look. */
  readonly onLooked: () => Promise<void>
}

/** Looks every interval: claims what is due, and hears what others claimed. */
export class Watch {
  readonly #options: WatchOptions
  readonly #monitor: DeadlineMonitor
  readonly #reader: DeathReader
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #starting: Promise<void> | undefined

  constructor(options: WatchOptions) {
    this.#options = options
    this.#monitor = new DeadlineMonitor(options)
    this.#reader = new DeathReader(options.runner.redis, options.runner.keys)
  }

  get isOn(): boolean {
    return this.#timer !== undefined
  }

  /** Resolves when the first look, at the start, is over. */
  get started(): Promise<void> | undefined {
    return this.#starting
  }

  start(onTick: () => void): void {
    this.#timer = setInterval(() => {
      onTick()
      void this.#lookSafely()
    }, this.#options.intervalMs)
    // A connection keeps a process alive; this must not, once that is closed.
    this.#timer.unref()
    this.#starting = this.#lookSafely()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#reader.end()
  }

  /** One look at a time; who comes meanwhile waits for one that begins after they came. */
  async look(): Promise<void> {
    await this.#looking?.catch(() => {})
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined
    })
    await this.#looking
  }

  /** What goes wrong is told to who debugs; the next tick tries again. */
  async #lookSafely(): Promise<void> {
    try {
      await this.look()
    } catch (error) {
      this.#options.debug('could not look', { error })
    }
  }

  async #lookOnce(): Promise<void> {
    const { breaker, debug, onEvent, onDeath } = this.#options
    if (!this.#timer) return
    if (!this.#reader.hasBegun) await this.#begin()
    const sweep = await this.#monitor.sweep()
    for (const problem of sweep.problems) debug('a record could not be read', { problem })
    await breaker.execute(() =>
      this.#reader.read(onEvent, onDeath, (problem) =>
        debug('an entry of the log could not be read', problem),
      ),
    )
    await this.#options.onLooked()
  }

  async #begin(): Promise<void> {
    const { runner, breaker, thresholdMs } = this.#options
    if (thresholdMs !== undefined) await setNamespaceThreshold(runner, thresholdMs)
    await breaker.execute(() => this.#reader.begin())
    await this.#options.onBegin(() => this.#reader.dead())
  }
}
