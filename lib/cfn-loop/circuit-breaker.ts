import { EventEmitter } from 'node:events'
import type { BreakerState } from '../protocol/breaker'
import { CircuitOpenError, InvalidInputError } from '../redis/errors'
import { pause, withinTime } from './breaker/attempt-timer'
import type { CircuitBreakerEvents } from './breaker/breaker-events'
import { BreakerHistory } from './breaker/breaker-history'
import {
  type BreakerSettings,
  breakerSettings,
  type CircuitBreakerOptions,
} from './breaker/breaker-options'
import type { CircuitBreakerState, CircuitBreakerStatistics } from './breaker/breaker-state'
import {
  type Circuit,
  type Closed,
  closed,
  halfOpen,
  open,
  type Probe,
  probeLease,
  untilPermit,
  untilProbe,
} from './breaker/circuit'
import { tellListeners } from './breaker/tell-listeners'

export interface ExecuteOptions {
  /** Ends the pauses between attempts: `execute` then rejects with its reason. */
  signal?: AbortSignal
}

/**
 * Keeps calls from a dependency that is not well, and finds out when it is again.
 *
 * - `closed`: calls pass; `threshold` failures in a row open it.
 * - `open`: calls are refused with `CircuitOpenError` for `cooldownMs`.
 * - `half-open`: at most `halfOpenLimit` probes at once; `successThreshold` good ones close it, a
 *   bad one opens it again.
 *
 * It holds no timer while no call is in `execute`.
 */
export class CircuitBreaker extends EventEmitter<CircuitBreakerEvents> {
  readonly name: string
  readonly #settings: BreakerSettings
  readonly #timeoutMs: number | undefined
  readonly #lease: number
  readonly #history = new BreakerHistory()
  #circuit: Circuit = closed()
  #lastFailureTime: number | null = null
  #lastError: unknown
  #succeeded = 0
  #failed = 0
  #rejected = 0
  #failedAttempts = 0
  #timeouts = 0

  /** @throws InvalidInputError naming the option and its rule */
  constructor(options: CircuitBreakerOptions = {}) {
    super()
    this.#settings = breakerSettings(options)
    this.name = this.#settings.name
    this.#timeoutMs = this.#settings.timeoutMs
    this.#lease = probeLease(this.#settings.cooldownMs, this.#timeoutMs)
    this.#remember('closed')
  }

  /**
   * Calls `fn`, again up to `maxAttempts` times, with `delays` in between.
   *
   * @returns what `fn` answered
   * @throws CircuitOpenError at once, without a call, when it is open or its probes are out
   * @throws whatever the last attempt threw; TimeoutError where it took longer than `timeoutMs`
   */
  async execute<T>(fn: () => T | PromiseLike<T>, options?: ExecuteOptions): Promise<T> {
    const circuit = this.#circuit
    // The usual way stays short: no permit, no timer, nothing allocated.
    const pass = circuit.state === 'closed' ? circuit : this.#admit()
    let value: T
    try {
      value = this.#timeoutMs === undefined ? await fn() : await this.#inTime(fn)
    } catch (error) {
      return this.#retry(fn, pass, error, options?.signal)
    }
    this.#passed(pass)
    return value
  }

  getState(): CircuitBreakerState {
    const circuit = this.#circuit
    return {
      state: circuit.state,
      failureCount: circuit.failures,
      lastFailureTime: this.#lastFailureTime,
      cooldownRemaining: this.#untilLetThrough(circuit),
    }
  }

  getStatistics(): CircuitBreakerStatistics {
    return {
      name: this.name,
      ...this.getState(),
      calls: this.#succeeded + this.#failed,
      succeeded: this.#succeeded,
      failed: this.#failed,
      rejected: this.#rejected,
      failedAttempts: this.#failedAttempts,
      timeouts: this.#timeouts,
      lastError: this.#lastError === undefined ? null : describe(this.#lastError),
      transitionCount: this.#history.count,
      transitions: this.#history.list(this.#settings.clock.monotonic()),
    }
  }

  /** As it was made: closed, without failures. The counts of calls go on. */
  reset(): void {
    this.#lastFailureTime = null
    this.#lastError = undefined
    this.#enter(closed())
  }

  /**
   * Puts it into a state as if it had come there by itself: forced open, it lets a probe through
   * after `cooldownMs`; forced closed, it opens again at `threshold` failures.
   */
  forceState(state: BreakerState): void {
    if (state === 'closed') this.#enter(closed())
    else if (state === 'open') this.#open(this.#circuit.failures)
    else if (state === 'half-open') this.#enter(halfOpen(this.#circuit.failures))
    else throw new InvalidInputError('state', "must be 'closed', 'open' or 'half-open'")
  }

  /** A permit of the present state. Opens the way for probes once the cooldown is over. */
  #admit(): Closed | Probe {
    const now = this.#settings.clock.monotonic()
    const before = this.#circuit
    if (before.state === 'open' && untilProbe(before, now) === 0) {
      this.#enter(halfOpen(before.failures))
    }
    // A listener may have put it into yet another state.
    const circuit = this.#circuit
    if (circuit.state === 'closed') return circuit
    const wait = this.#untilLetThrough(circuit)
    if (circuit.state === 'half-open' && wait === 0) {
      const probe: Probe = { state: 'probe', of: circuit, since: now }
      circuit.probes.add(probe)
      return probe
    }
    this.#rejected++
    this.#tell('request:rejected')
    throw new CircuitOpenError(this.name, circuit.state, wait, this.#lastError)
  }

  #untilLetThrough(circuit: Circuit): number {
    if (circuit.state === 'closed') return 0
    const now = this.#settings.clock.monotonic()
    if (circuit.state === 'open') return untilProbe(circuit, now)
    return untilPermit(circuit, this.#settings.halfOpenLimit, this.#lease, now)
  }

  #inTime<T>(fn: () => T | PromiseLike<T>): Promise<T> {
    const { timeoutMs = 0, clock } = this.#settings
    return withinTime(fn, timeoutMs, clock, this.name, () => this.#timeouts++)
  }

  /** After a first attempt that failed: judges it, and tries again while that makes sense. */
  async #retry<T>(
    fn: () => T | PromiseLike<T>,
    first: Closed | Probe,
    firstError: unknown,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { delays, maxAttempts, clock } = this.#settings
    let pass = first
    let error = firstError
    try {
      for (let attempt = 1; ; attempt++) {
        if (!this.#isFailure(error)) {
          this.#answered(pass)
          throw error
        }
        const delay = delays[Math.min(attempt, delays.length) - 1] ?? 0
        this.#attemptFailed(pass, attempt, delay, error)
        if (pass.state === 'probe' || attempt >= maxAttempts) throw error
        if (this.#circuit.state !== 'closed') throw error
        await pause(delay, clock, signal)
        // Others' failures opened it during the pause: this call has its answer.
        const circuit: Circuit = this.#circuit
        if (circuit.state !== 'closed') throw error
        pass = circuit
        let value: T
        try {
          value = this.#timeoutMs === undefined ? await fn() : await this.#inTime(fn)
        } catch (next) {
          error = next
          continue
        }
        this.#passed(pass)
        return value
      }
    } catch (last) {
      this.#failed++
      throw last
    }
  }

  #isFailure(error: unknown): boolean {
    try {
      return this.#settings.isFailure(error)
    } catch {
      // A judge that breaks must not leave a permit out for ever.
      return true
    }
  }

  #passed(pass: Closed | Probe): void {
    this.#succeeded++
    if (this.listenerCount('success') > 0) this.#tell('success')
    this.#answered(pass)
  }

  /** The dependency answered, even if only to say no. */
  #answered(pass: Closed | Probe): void {
    if (pass.state === 'closed') {
      pass.failures = 0
      return
    }
    const circuit = pass.of
    if (!circuit.probes.delete(pass) || circuit !== this.#circuit) return
    circuit.successes++
    if (circuit.successes >= this.#settings.successThreshold) this.#enter(closed())
  }

  #attemptFailed(pass: Closed | Probe, attempt: number, nextDelay: number, error: unknown): void {
    this.#failedAttempts++
    this.#lastFailureTime = this.#settings.clock.wall()
    this.#lastError = error
    if (pass.state === 'closed') pass.failures++
    const counts = pass.state === 'closed' || pass.of.probes.delete(pass)
    this.#tell('attempt:failed', {
      attempt,
      maxAttempts: this.#settings.maxAttempts,
      nextDelay,
    })
    // A straggler of an earlier state, or a listener that has just reset it: nothing to decide.
    const circuit = pass.state === 'closed' ? pass : pass.of
    if (!counts || circuit !== this.#circuit) return
    if (pass.state === 'probe') this.#open(pass.of.failures + 1)
    else if (pass.failures >= this.#settings.threshold) this.#open(pass.failures)
  }

  #open(failures: number): void {
    const { clock, cooldownMs } = this.#settings
    this.#enter(open(clock.monotonic() + cooldownMs, failures))
  }

  #enter(circuit: Circuit): void {
    const changed = circuit.state !== this.#circuit.state
    this.#circuit = circuit
    if (!changed) return
    this.#remember(circuit.state)
    this.#tell('state:changed', circuit.state)
  }

  #remember(state: BreakerState): void {
    const { clock } = this.#settings
    this.#history.add(state, clock.wall(), clock.monotonic())
  }

  #tell<E extends keyof CircuitBreakerEvents>(event: E, ...args: CircuitBreakerEvents[E]): void {
    tellListeners(this, event, args)
  }
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.slice(0, 500)
}
