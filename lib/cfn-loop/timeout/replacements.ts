import { isCoordinatorStateError, isUnknownCoordinatorError } from '../../redis/errors'
import { createScriptRunner, type ScriptRunner } from '../../redis/run-script'
import type { CircuitBreaker } from '../circuit-breaker'
import {
  type Escalation,
  type EscalationOptions,
  escalateCoordinator,
} from '../escalate-coordinator'
import { guardScripts } from '../redis-breaker'

export interface ReplacementsOptions {
  /** Runs as the monitor, through the breaker. */
  readonly runner: ScriptRunner
  readonly breaker: CircuitBreaker
  readonly monitorId: string
  readonly intervalMs: number
  readonly autoCleanup: boolean
  /** Claims the death if nobody has, and tells of it: that comes before the escalation. */
  readonly onBegin: (coordinatorId: string) => Promise<unknown>
  readonly onDone: (coordinatorId: string, done: Escalation) => void
  readonly onFailed: (coordinatorId: string, swarmId: string, error: unknown) => void
}

const AT_ONCE = 20

/** Has the dead replaced: who is asked for, and who is to be. */
export class Replacements {
  readonly #options: ReplacementsOptions
  /** Who is to be replaced and has not been. */
  readonly #planned = new Set<string>()
  readonly #underWay = new Set<string>()

  constructor(options: ReplacementsOptions) {
    this.#options = options
  }

  plan(coordinatorId: string): void {
    this.#planned.add(coordinatorId)
  }

  drop(coordinatorId: string): void {
    this.#planned.delete(coordinatorId)
  }

  dropAll(): void {
    this.#planned.clear()
  }

  /** Whether this handler is replacing it right now: its own answer tells more than the log. */
  isUnderWay(coordinatorId: string): boolean {
    return this.#underWay.has(coordinatorId)
  }

  /**
   * Many at a time: of two hundred that die at once the last must not wait for all the others.
   *
   * @param goesOn asked before each
   */
  async carryOut(goesOn: () => boolean): Promise<void> {
    const ids = this.#planned.values()
    const lane = async () => {
      for (const id of ids) {
        if (!goesOn()) return
        if ((await this.escalate(id, '', { reason: 'timed out' })) !== null) this.drop(id)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
  }

  /** @returns the replacement's id, or null where it failed */
  async escalate(
    coordinatorId: string,
    swarmId: string,
    { actor, ...options }: EscalationOptions,
  ): Promise<string | null> {
    const { monitorId, intervalMs, autoCleanup, onBegin, onDone, onFailed } = this.#options
    this.#underWay.add(coordinatorId)
    try {
      await onBegin(coordinatorId)
      const done = await escalateCoordinator(this.#runnerOf(actor), {
        coordinatorId,
        swarmId,
        monitorId,
        intervalMs,
        cleanup: autoCleanup,
        ...options,
      })
      onDone(coordinatorId, done)
      return done.newCoordinatorId
    } catch (error) {
      // Asking again would not help.
      if (isCoordinatorStateError(error) || isUnknownCoordinatorError(error)) {
        this.drop(coordinatorId)
      }
      onFailed(coordinatorId, swarmId, error)
      return null
    } finally {
      this.#underWay.delete(coordinatorId)
    }
  }

  #runnerOf(actor: string | undefined): ScriptRunner {
    const { runner, breaker } = this.#options
    if (actor === undefined) return runner
    return guardScripts(createScriptRunner(runner.redis, runner.keys, actor), breaker)
  }
}
