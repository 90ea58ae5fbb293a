/** Who waits for the ACKs of which message, in a sender. */
export class OpenAcks {
  readonly #open = new Map<number, { missing: number; done: () => void }>()
  #last = 0

  /** A number for the next message, and what resolves once so many have acknowledged it. */
  next(count: number): { n: number; acked: Promise<void> } {
    this.#last += 1
    const n = this.#last
    const acked = new Promise<void>((done) => {
      this.#open.set(n, { missing: count, done })
    })
    return { n, acked }
  }

  ack(n: number): void {
    const it = this.#open.get(n)
    if (!it) return
    it.missing -= 1
    if (it.missing > 0) return
    this.#open.delete(n)
    it.done()
  }
}
