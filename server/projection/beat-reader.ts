import type { Redis } from 'ioredis'

export interface Beat {
  readonly id: string
  /** Redis' time, ms. */
  readonly at: number
}

/** Most beats that one read takes; what is left comes with the next. */
const MOST_A_READ = 20_000

/**
 * Reads the beats that moved since the last read. The set is ordered by time, so this costs by
 * what moved, not by who lives.
 */
export class BeatReader {
  private last = Number.NEGATIVE_INFINITY
  /** Who was seen at exactly `last`: the next read begins there again, or a beat of that same ms would be missed. */
  private seenAtLast = new Set<string>()

  constructor(
    private readonly redis: Redis,
    private readonly key: string,
  ) {}

  async read(): Promise<Beat[]> {
    const from = Number.isFinite(this.last) ? String(this.last) : '-inf'
    const flat = await this.redis.zrangebyscore(
      this.key,
      from,
      '+inf',
      'WITHSCORES',
      'LIMIT',
      '0',
      String(MOST_A_READ),
    )
    const beats: Beat[] = []
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const id = flat[i] ?? ''
      const at = Number(flat[i + 1])
      if (!Number.isFinite(at) || (at === this.last && this.seenAtLast.has(id))) continue
      beats.push({ id, at })
    }
    const newest = beats.at(-1)?.at
    if (newest !== undefined) {
      if (newest !== this.last) this.seenAtLast = new Set()
      this.last = newest
      for (const beat of beats) if (beat.at === newest) this.seenAtLast.add(beat.id)
    }
    return beats
  }

  /** After a loss of data, times may be smaller than what was seen. */
  restart(): void {
    this.last = Number.NEGATIVE_INFINITY
    this.seenAtLast = new Set()
  }
}
