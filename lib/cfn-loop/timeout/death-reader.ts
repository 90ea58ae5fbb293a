import type { BoxEvent } from '../../protocol/events'
import { compareSequences, SEQUENCE_START, type Sequence } from '../../protocol/ids'
import type { NamespaceKeys } from '../../redis/keys'
import type { RedisLike } from '../../redis/redis-like'
import { createEventLog, type EntryProblem } from '../../redis/stores/event-log'
import { readHashes } from '../../redis/stores/read-hashes'

/** The end of one life, as the log or the record tells it. */
export interface Death {
  readonly seq: Sequence
  readonly coordinatorId: string
  readonly at: number
  readonly lastBeat: number
  readonly silentMs: number
  readonly thresholdMs: number
  readonly iteration: number
  readonly phase?: string | undefined
  readonly monitorId: string
  readonly cleaned: boolean
}

const PAGE = 1000
/** Cheap to test on text: of a busy log only a few entries are parsed. */
const LIFE = /"type":"coordinator\.(?:stale|timed_out|recovered|escalated)"/

/** Follows the log of a namespace for what a handler's listeners want to hear. */
export class DeathReader {
  readonly #redis: RedisLike
  readonly #keys: NamespaceKeys
  readonly #log
  #cursor: Sequence | undefined

  constructor(redis: RedisLike, keys: NamespaceKeys) {
    this.#redis = redis
    this.#keys = keys
    this.#log = createEventLog(redis, keys)
  }

  /** From now on: what is in the log already is not news. */
  async begin(): Promise<void> {
    this.#cursor = await this.#log.end()
  }

  get hasBegun(): boolean {
    return this.#cursor !== undefined
  }

  end(): void {
    this.#cursor = undefined
  }

  /**
   * What happened since the last call, in order. Where the log was trimmed faster than it was read, the
   * deaths that it no longer tells are read from the records.
   */
  async read(
    onEvent: (event: BoxEvent) => void,
    onDeath: (death: Death) => void,
    onProblem: (problem: EntryProblem) => void,
  ): Promise<void> {
    while (this.#cursor !== undefined) {
      const from = this.#cursor
      const page = await this.#log.after(from, PAGE, (json) => LIFE.test(json))
      if (this.#cursor !== from) return
      if (page.lost) {
        for (const death of await this.#deathsSince(from)) onDeath(death)
      }
      page.events.forEach(onEvent)
      page.problems.forEach(onProblem)
      if (page.last === undefined) {
        // Redis lost the log: whatever comes now is new.
        if (page.lost) this.#cursor = SEQUENCE_START
        return
      }
      this.#cursor = page.last
    }
  }

  /** All that are dead and not replaced, as their records tell. */
  async dead(): Promise<Death[]> {
    return this.#deathsSince(SEQUENCE_START)
  }

  async #deathsSince(cursor: Sequence): Promise<Death[]> {
    const ids = await this.#redis.smembers(this.#keys.coordinators)
    const hashes = await readHashes(this.#redis, ids, this.#keys.coordinator, () => {})
    return hashes
      .filter(
        ({ hash }) =>
          hash.liveness === 'dead' &&
          hash.deathEv !== undefined &&
          compareSequences(hash.deathEv, cursor) > 0,
      )
      .map(({ id, hash }) => ({
        seq: hash.deathEv ?? SEQUENCE_START,
        coordinatorId: id,
        at: Number(hash.livenessSince),
        lastBeat: Number(hash.lastBeat),
        silentMs: Number(hash.deathSilent),
        thresholdMs: Number(hash.seenThreshold),
        iteration: Number(hash.iteration),
        phase: hash.phase,
        monitorId: hash.deathBy ?? '',
        cleaned: hash.deathCleaned === '1',
      }))
  }
}
