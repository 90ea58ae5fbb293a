import type { WorkItem } from '../protocol/http'
import { type Json, MAX_PAYLOAD_BYTES } from '../protocol/json'
import { InvalidInputError } from '../redis/errors'
import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'
import { readWorkItems } from '../redis/stores/work-store'
import type { CoordinatorLife } from './coordinator-life'
import { checkId } from './signal-input'

/** Most work items that one coordinator may have in hand. */
export const MAX_WORK_ITEMS = 1000

/** What a coordinator has in hand: whoever replaces it inherits it. */
export class WorkItems {
  readonly #life: CoordinatorLife
  readonly #runner: ScriptRunner

  constructor(life: CoordinatorLife, runner: ScriptRunner) {
    this.#life = life
    this.#runner = runner
  }

  /**
   * Stores an item, or new data for one that is there. `data` is anything JSON can hold, up to 16 KB.
   * @throws InvalidInputError, WorkFullError, FencedError
   */
  async store(workId: string, data: Json): Promise<void> {
    checkId('workId', workId)
    const json = toJson(data)
    const answer = await this.#life.write(
      'storeWork',
      this.#keys(),
      [workId, json, MAX_WORK_ITEMS],
      'storeWorkItem',
    )
    okOrThrow(answer, { operation: 'storeWorkItem', coordinatorId: this.#life.coordinatorId })
  }

  /**
   * @returns whether it was in hand
   * @throws InvalidInputError, FencedError
   */
  async complete(workId: string): Promise<boolean> {
    checkId('workId', workId)
    const answer = await this.#life.write(
      'completeWork',
      this.#keys(),
      [workId],
      'completeWorkItem',
    )
    return answer[1] === '1'
  }

  /** All in hand, those stored first before the others, `from` naming who stored an inherited one. */
  async list(): Promise<WorkItem[]> {
    return readWorkItems(this.#runner.redis, this.#runner.keys, this.#life.coordinatorId)
  }

  #keys(): string[] {
    const { keys } = this.#runner
    const id = this.#life.coordinatorId
    return [keys.coordinator(id), keys.events, keys.work(id)]
  }
}

function toJson(data: unknown): string {
  let json: string | undefined
  try {
    json = JSON.stringify(data)
  } catch {
    json = undefined
  }
  if (json === undefined)
    throw new InvalidInputError('data', 'must be something that JSON can hold')
  if (Buffer.byteLength(json) > MAX_PAYLOAD_BYTES) {
    throw new InvalidInputError('data', `must be at most ${MAX_PAYLOAD_BYTES} bytes of JSON`)
  }
  return json
}
