import { FencedError, UnknownCoordinatorError } from '../redis/errors'
import type { ScriptRunner } from '../redis/run-script'
import type { FencedWrite, Incarnation } from './coordinator-life'

export interface RemoteLifeOptions {
  /** Runs as this coordinator. */
  readonly runner: ScriptRunner
  readonly coordinatorId: string
  /** As its holder shows it. Whether it is the one that counts, each script decides. */
  readonly incarnation: Incarnation
  /** Redis' time, ms. */
  readonly now: () => number
}

/**
 * A life whose heart beats elsewhere: nothing here registers or beats by itself, and each call shows
 * the incarnation that its holder was given.
 */
export class RemoteLife {
  readonly coordinatorId: string
  readonly incarnation: Incarnation
  /** Which one it is in, only its record says. */
  readonly swarmId = 'default'
  /** Nobody here knows before a script refuses. */
  readonly fenced = undefined
  /** Redis' time, ms. */
  readonly redisNow: () => number
  readonly #runner: ScriptRunner

  constructor({ runner, coordinatorId, incarnation, now }: RemoteLifeOptions) {
    this.coordinatorId = coordinatorId
    this.incarnation = incarnation
    this.redisNow = now
    this.#runner = runner
  }

  /** @throws FencedError; UnknownCoordinatorError where its record is lost, so that it registers again */
  readonly write: FencedWrite = async (name, keys, args, operation) => {
    const { coordinatorId, incarnation: who } = this
    const more = typeof args === 'function' ? args(who) : args
    const answer = await this.#runner.run(name, keys, [
      coordinatorId,
      who.epoch,
      who.instance,
      ...more,
    ])
    if (answer[0] === 'LOST') throw new UnknownCoordinatorError(coordinatorId)
    if (answer[0] === 'FENCED') {
      throw new FencedError(coordinatorId, operation, who.epoch, Number(answer[1] ?? 0))
    }
    return answer
  }
}
