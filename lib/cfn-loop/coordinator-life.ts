import { EventEmitter } from 'node:events'
import { defaultHeartbeatIntervalMs } from '../protocol/liveness'
import { FencedError } from '../redis/errors'
import type { ScriptRunner } from '../redis/run-script'
import type { ScriptName } from '../redis/scripts.generated'
import { randomId } from './random-id'
import { type Registered, sendRegistration } from './send-registration'

/** One holder of an id. The pair never repeats, and equality with it is the fence. */
export interface Incarnation {
  readonly epoch: number
  readonly instance: string
}

export interface CoordinatorLifeOptions {
  /** Runs as this coordinator. */
  readonly runner: ScriptRunner
  readonly coordinatorId: string
  readonly swarmId?: string | undefined
  readonly phase?: string | undefined
  readonly iteration?: number | undefined
  /** Silence beyond this means dead, ms. The namespace's where not given. */
  readonly timeoutThreshold?: number | undefined
  /** ms; every tenth of the threshold, at least every five seconds, where not given. */
  readonly heartbeatInterval?: number | undefined
  readonly label?: 'sample' | 'load' | undefined
  /** Shows that this process may take up a replacement that was asked for. */
  readonly claim?: string | undefined
  readonly debug?: ((message: string, facts?: object) => void) | undefined
}

export interface CoordinatorLifeEvents {
  /** It registered: at first, or again because Redis had lost its record. */
  registered: [Incarnation & { again: boolean }]
  /** Somebody else holds this id from now on. The heart has stopped. */
  fenced: [FencedError]
  /** A beat arrived. `latencyMs` is the round trip. */
  beat: [{ latencyMs: number }]
  /** A beat did not arrive; the next one is tried all the same. */
  'beat:failed': [unknown]
  /** Something waits for this coordinator's attention, such as a breaker that an operator forced. */
  nudged: [string]
}

type ScriptArgs = (string | number)[]

/** Runs a script under a fence: `CoordinatorLife.write` says how. */
export type FencedWrite = (
  name: ScriptName,
  keys: string[],
  args: ScriptArgs | ((who: Incarnation) => ScriptArgs),
  operation: string,
) => Promise<string[]>

/** After a beat that failed the next one is tried this soon, ms, however slow the heart is. */
const RETRY_MS = 1000

/**
 * The life of one coordinator: it registers on first use, beats by itself, registers again when Redis
 * lost its record, and ends in grace. Whoever writes in its name does so under its incarnation.
 *
 * Its timer never keeps a process alive, and nothing that goes wrong in it is ever unhandled.
 */
export class CoordinatorLife extends EventEmitter<CoordinatorLifeEvents> {
  readonly coordinatorId: string
  readonly #options: CoordinatorLifeOptions
  readonly #runner: ScriptRunner
  readonly #instance = randomId(16)
  #incarnation: Incarnation | undefined
  #registering: Promise<Incarnation> | undefined
  #fenced: FencedError | undefined
  #stopping: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> | undefined
  #intervalMs = 5000
  #clockOffset: number | undefined
  #registered: Registered | undefined

  constructor(options: CoordinatorLifeOptions) {
    super()
    this.coordinatorId = options.coordinatorId
    this.#options = options
    this.#runner = options.runner
  }

  /** Who this is, once it has registered. */
  get incarnation(): Incarnation | undefined {
    return this.#incarnation
  }

  /** Why its writes are refused, if they are. */
  get fenced(): FencedError | undefined {
    return this.#fenced
  }

  /** What the record says since the registration: a replacement inherits its phase, iteration and swarm. */
  get registered(): Pick<Registered, 'phase' | 'iteration' | 'swarmId' | 'starting'> | undefined {
    return this.#registered
  }

  /** As registered, or as it is going to be. */
  get swarmId(): string {
    return this.registered?.swarmId || this.#options.swarmId || 'default'
  }

  get heartbeatIntervalMs(): number {
    return this.#intervalMs
  }

  /** Redis' time, ms, as well as it can be told here. */
  redisNow(): number {
    if (this.#clockOffset === undefined) return Date.now()
    return Math.round(performance.now() + this.#clockOffset)
  }

  /**
   * Registers if that has not happened, and starts the heart.
   * @throws ClaimRefusedError, ConfigurationError, or what the connection throws; it can be called again
   */
  async ensure(): Promise<Incarnation> {
    return this.#incarnation ?? this.#register(undefined)
  }

  /**
   * Runs a script under the fence: `args` come after the coordinator's id, epoch and instance.
   * Registers first where that has not happened, and again where the record was lost; what depends on
   * the incarnation, such as a signature, is therefore given as a function of it.
   * @returns the script's answer, whatever code it has apart from FENCED and LOST
   * @throws FencedError when another incarnation holds this id; the refusal is counted
   */
  async write(
    name: ScriptName,
    keys: string[],
    args: ScriptArgs | ((who: Incarnation) => ScriptArgs),
    operation: string,
  ): Promise<string[]> {
    for (let attempt = 1; ; attempt++) {
      const who = this.#incarnation ?? (await this.ensure())
      const given = typeof args === 'function' ? args(who) : args
      const signed = [this.coordinatorId, who.epoch, who.instance, ...given]
      const answer = await this.#runner.run(name, keys, signed)
      if (answer[0] !== 'LOST' && answer[0] !== 'FENCED') return answer
      // Something else of this process may have registered again in the meantime: then that one is asked.
      const changed = this.#incarnation !== who
      if (answer[0] === 'LOST' && attempt < 4) {
        if (!changed) await this.#register(who)
      } else if (answer[0] === 'LOST' || !changed) {
        return this.#refuse(answer, who, operation)
      }
    }
  }

  /** A beat with meaning: the phase or iteration that it is in now, or what it does in its own words. */
  async recordActivity(phase = '', iteration?: number, action = ''): Promise<void> {
    const { keys } = this.#runner
    const answer = await this.write(
      'recordActivity',
      [
        keys.coordinator(this.coordinatorId),
        keys.events,
        keys.beats,
        keys.deadlines,
        keys.settings,
      ],
      [phase, iteration ?? '', action],
      'recordActivity',
    )
    this.#heard(answer, performance.now())
  }

  /**
   * Leaves gracefully. A life that never began has nothing to leave; one that is fenced has left.
   * Idempotent.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#leave()
    return this.#stopping
  }

  async #leave(): Promise<void> {
    this.#stopHeart()
    // A beat behind the leave would bring it back.
    await this.#beating
    await this.#registering?.catch(() => {})
    this.#stopHeart()
    const who = this.#incarnation
    if (!who || this.#fenced) return
    const { keys } = this.#runner
    await this.#runner.run(
      'leaveCoordinator',
      [keys.coordinator(this.coordinatorId), keys.events, keys.beats, keys.deadlines],
      [this.coordinatorId, who.epoch, who.instance],
    )
  }

  #register(lost: Incarnation | undefined): Promise<Incarnation> {
    this.#registering ??= this.#sendRegistration(lost).finally(() => {
      this.#registering = undefined
    })
    return this.#registering
  }

  async #sendRegistration(lost: Incarnation | undefined): Promise<Incarnation> {
    const sentAt = performance.now()
    const registered = await sendRegistration(this.#runner, {
      ...this.#options,
      // Lost records are written again as they were.
      phase: this.#registered?.phase ?? this.#options.phase,
      iteration: this.#registered?.iteration ?? this.#options.iteration,
      instance: this.#instance,
      lostEpoch: lost?.epoch,
    })
    if ('fenced' in registered) {
      return this.#refuse(registered.fenced, lost ?? { epoch: 0, instance: '' }, 'register')
    }
    const incarnation = { epoch: registered.epoch, instance: this.#instance }
    this.#incarnation = incarnation
    this.#registered = registered
    this.#intervalMs = registered.heartbeatIntervalMs
    this.#learnClock(registered.now, sentAt)
    this.#options.debug?.(lost ? 'registered again' : 'registered', { ...incarnation })
    // Only its own first beat makes a replacement active; of all others the registration was a beat.
    if (!this.#stopping) this.#scheduleBeat(registered.starting ? 0 : this.#intervalMs)
    this.#tell('registered', { ...incarnation, again: lost !== undefined })
    return incarnation
  }

  #refuse(answer: string[], who: Incarnation, operation: string): never {
    const error = new FencedError(this.coordinatorId, operation, who.epoch, Number(answer[1] ?? 0))
    const first = this.#fenced === undefined
    this.#fenced = error
    this.#stopHeart()
    if (first) {
      this.#options.debug?.(error.message)
      this.#tell('fenced', error)
    }
    throw error
  }

  #scheduleBeat(inMs: number): void {
    this.#stopHeart()
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat().finally(() => {
        this.#beating = undefined
      })
    }, inMs)
    this.#timer.unref()
  }

  #stopHeart(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #beat(): Promise<void> {
    const startedAt = performance.now()
    let next = this.#intervalMs
    try {
      await this.#sendBeat()
      next = this.#intervalMs
    } catch (error) {
      next = Math.min(this.#intervalMs, RETRY_MS)
      this.#options.debug?.('a beat failed', { error })
      if (!this.#fenced) this.#tell('beat:failed', error)
    }
    if (this.#stopping || this.#fenced) return
    this.#scheduleBeat(Math.max(0, next - (performance.now() - startedAt)))
  }

  async #sendBeat(): Promise<void> {
    const sentAt = performance.now()
    const answer = await this.write('beatCoordinator', [this.#runner.keys.beats], [], 'beat')
    this.#heard(answer, sentAt)
    this.#tell('beat', { latencyMs: performance.now() - sentAt })
  }

  /** What a beat's answer says: the time, the threshold that counts now, and what waits for attention. */
  #heard([code, now, thresholdMs, nudge]: string[], sentAt: number): void {
    if (code !== 'OK') return
    this.#learnClock(Number(now), sentAt)
    if (this.#options.heartbeatInterval === undefined) {
      this.#intervalMs = defaultHeartbeatIntervalMs(Number(thresholdMs))
    }
    if (nudge) this.#tell('nudged', nudge)
  }

  #learnClock(redisNow: number, sentAt: number): void {
    this.#clockOffset = redisNow - (sentAt + performance.now()) / 2
  }

  /** A listener that throws must not stop the heart. */
  #tell<E extends keyof CoordinatorLifeEvents>(event: E, ...args: CoordinatorLifeEvents[E]): void {
    try {
      ;(this as EventEmitter).emit(event, ...args)
    } catch (error) {
      this.#options.debug?.(`a listener of ${event} threw`, { error })
    }
  }
}
