import { ConfigurationError, NotConnectedError } from '../../redis/errors'
import { namespaceKeys } from '../../redis/keys'
import { createScriptRunner, type ScriptRunner } from '../../redis/run-script'
import type { CircuitBreaker } from '../circuit-breaker'
import { CoordinatorLife } from '../coordinator-life'
import { createDebugLog, type DebugLog } from '../debug-log'
import { enterLocalCoordinator } from '../local-lives'
import type { checkManagerOptions } from '../manager-options'
import { publishBreaker } from '../publish-breaker'
import { recordLife } from '../record-metrics'
import { createRedisBreaker, guardScripts, isRedisFailure } from '../redis-breaker'
import type { CoordinatorWaits } from './coordinator-waits'

/**
 * How one coordinator takes part: under which life, through which breaker, doing what; and until when.
 */
export class Participation {
  readonly coordinatorId: string
  readonly life: CoordinatorLife
  readonly breaker: CircuitBreaker = createRedisBreaker()
  /** Runs as this coordinator, through its breaker. */
  readonly runner: ScriptRunner
  readonly debug: DebugLog
  /** What it is doing. */
  phase: string | undefined
  iteration = 0
  readonly #mayRegister: boolean
  readonly #closing = new AbortController()
  #leaving: (() => void)[] = []

  /** @throws ConfigurationError */
  constructor(options: ReturnType<typeof checkManagerOptions>) {
    const { coordinatorId, redisClient } = options
    this.coordinatorId = coordinatorId
    this.phase = options.phase
    this.#mayRegister = options.register
    this.debug = createDebugLog(options.debug, coordinatorId)
    this.runner = guardScripts(
      createScriptRunner(redisClient, namespaceKeys(options.namespace), coordinatorId),
      this.breaker,
    )
    this.life = new CoordinatorLife({
      runner: this.runner,
      coordinatorId,
      swarmId: options.swarmId,
      phase: options.phase,
      timeoutThreshold: options.timeoutThreshold,
      heartbeatInterval: options.heartbeatInterval,
      label: options.label,
      claim: options.claim,
      debug: this.debug,
    })
    this.life.on('registered', () => this.#inherit())
  }

  /** Aborts when it takes part no longer. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /**
   * From now on it is known to whatever else is done in its name, or told of it. Not with its making: what it
   * waits for is made from its life.
   */
  enter(waits: CoordinatorWaits): void {
    const { life, runner, breaker } = this
    // Waits that it ends are recorded before all of it is forgotten.
    life.on('fenced', (error) => waits.fail(error))
    this.#leaving = [
      enterLocalCoordinator(runner.redis, runner.keys.prefix, {
        life,
        sending: () => waits.acks.sending(),
      }),
      publishBreaker(breaker, this),
      recordLife(life, () => waits.shown.lasting),
    ]
  }

  /** What was entered is left, and nothing begins any more. Its life goes on until that is stopped. */
  close(): void {
    this.#closing.abort(new NotConnectedError('wait', 'the coordinator has stopped'))
    for (const leave of this.#leaving.splice(0)) leave()
  }

  /**
   * Registers in the background, where it does and has not.
   *
   * @param onFailed what cannot be mended by waiting
   * @throws FencedError
   */
  begin(onFailed: (error: unknown) => void): void {
    if (this.life.fenced) throw this.life.fenced
    if (!this.#mayRegister || this.life.incarnation) return
    this.life.ensure().catch((error: unknown) => {
      // Redis may come back meanwhile; nothing else mends by waiting.
      if (!isRedisFailure(error)) onFailed(error)
    })
  }

  /** Tells in the log what it did, if it is there to be told of. */
  async note(action: string): Promise<void> {
    if (!this.life.incarnation || this.#closing.signal.aborted) return
    await this.life.recordActivity('', undefined, action).catch(() => {})
  }

  /** @throws NotConnectedError when it has stopped */
  assertOpen(operation: string): void {
    if (this.#closing.signal.aborted) {
      throw new NotConnectedError(operation, `${this.coordinatorId} has stopped`)
    }
  }

  /** @throws NotConnectedError when it has stopped, ConfigurationError when it does not register */
  assertRegisters(operation: string): void {
    this.assertOpen(operation)
    if (!this.#mayRegister) {
      throw new ConfigurationError('register', `${operation} needs a coordinator that registers`)
    }
  }

  /** A replacement goes on where its predecessor was. */
  #inherit(): void {
    const { phase, iteration } = this.life.registered ?? {}
    this.phase ??= phase
    if (this.iteration === 0 && iteration !== undefined) this.iteration = iteration
  }
}
