import { compareSequences, type Sequence } from '../../protocol/ids'

/** Coordinators whose news are remembered. */
const KEPT = 20_000

/**
 * What a handler has told its listeners already: news come both from its own questions and from the
 * log, in either order, and each is told once.
 */
export class HeardOnce {
  readonly #last = new Map<string, Sequence>()

  /** @returns true the first time that the news `seq` about `subject` is seen */
  isNews(subject: string, seq: Sequence): boolean {
    const last = this.#last.get(subject)
    if (last !== undefined && compareSequences(seq, last) <= 0) return false
    this.#last.delete(subject)
    this.#last.set(subject, seq)
    if (this.#last.size > KEPT) {
      const [oldest] = this.#last.keys()
      if (oldest !== undefined) this.#last.delete(oldest)
    }
    return true
  }
}
