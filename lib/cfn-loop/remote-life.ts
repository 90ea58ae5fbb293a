import { FencedError, UnknownCoordinatorError } from '../redis/errors'
import type { ScriptRunner } from '../redis/run-script'
import type { ScriptName } from '../redis/scripts.generated'
import { CoordinatorLife, type Incarnation } from './coordinator-life'

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
export class RemoteLife extends CoordinatorLife {
  readonly #runner: ScriptRunner
  readonly #incarnation: Incarnation
  readonly #now: () => number

  constructor({ runner, coordinatorId, incarnation, now }: RemoteLifeOptions) {
    super({ runner, coordinatorId })
    this.#runner = runner
    this.#incarnation = incarnation
    this.#now = now
  }

  override get incarnation(): Incarnation {
    return this.#incarnation
  }

  override redisNow(): number {
    return this.#now()
  }

  override async ensure(): Promise<Incarnation> {
    return this.#incarnation
  }

  /** @throws FencedError; UnknownCoordinatorError where its record is lost, so that it registers again */
  override async write(
    name: ScriptName,
    keys: string[],
    args: (string | number)[] | ((who: Incarnation) => (string | number)[]),
    operation: string,
  ): Promise<string[]> {
    const { coordinatorId } = this
    const who = this.#incarnation
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
