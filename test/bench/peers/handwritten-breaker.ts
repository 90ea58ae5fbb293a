/** The least that deserves the name: it counts failures, opens, and tries again after a while. */
export class HandwrittenBreaker {
  #failures = 0
  #openUntil = 0

  constructor(
    readonly threshold: number,
    readonly cooldownMs: number,
  ) {}

  async execute<T>(work: () => Promise<T>): Promise<T> {
    if (this.#openUntil > 0 && Date.now() < this.#openUntil) throw new Error('open')
    try {
      const result = await work()
      this.#failures = 0
      this.#openUntil = 0
      return result
    } catch (error) {
      this.#failures += 1
      if (this.#failures >= this.threshold) this.#openUntil = Date.now() + this.cooldownMs
      throw error
    }
  }
}
