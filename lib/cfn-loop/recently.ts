/**
 * What was noted lately, by name, the oldest first: for as long as it is given, and of too many only the
 * newest. It forgets when it notes something, so a quiet one keeps what came last.
 */
export class Recently<V> {
  readonly #noted = new Map<string, { readonly value: V; readonly at: number }>()
  readonly #most: number
  readonly #forMs: number
  readonly #forgets: (name: string) => void

  /** @param forgets hears of each name that it forgets by itself */
  constructor(most: number, forMs: number, forgets: (name: string) => void = () => {}) {
    this.#most = most
    this.#forMs = forMs
    this.#forgets = forgets
  }

  note(name: string, value: V): void {
    const now = performance.now()
    this.#noted.delete(name)
    this.#noted.set(name, { value, at: now })
    for (const [old, { at }] of this.#noted) {
      if (at > now - this.#forMs && this.#noted.size <= this.#most) return
      this.#noted.delete(old)
      this.#forgets(old)
    }
  }

  get(name: string): V | undefined {
    return this.#noted.get(name)?.value
  }

  has(name: string): boolean {
    return this.#noted.has(name)
  }

  names(): string[] {
    return [...this.#noted.keys()]
  }

  /** @returns whether it was there */
  forget(name: string): boolean {
    return this.#noted.delete(name)
  }

  forgetAll(): void {
    this.#noted.clear()
  }
}
