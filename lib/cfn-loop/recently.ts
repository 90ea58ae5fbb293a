export interface RecentlyOptions {
  /** Of more only the newest are kept. */
  readonly most: number
  /** For how long, ms. */
  readonly forMs?: number
  /** Hears of each name that is forgotten by itself. */
  readonly forgets?: (name: string) => void
}

/**
 * What was noted lately, by name, the oldest first. It forgets when it notes something, so a quiet one keeps
 * what came last.
 */
export class Recently<V> {
  readonly #noted = new Map<string, { readonly value: V; readonly at: number }>()
  readonly #options: RecentlyOptions

  constructor(options: RecentlyOptions) {
    this.#options = options
  }

  note(name: string, value: V): void {
    const { most, forMs = Number.POSITIVE_INFINITY, forgets } = this.#options
    const now = performance.now()
    this.#noted.delete(name)
    this.#noted.set(name, { value, at: now })
    for (const [old, { at }] of this.#noted) {
      if (at > now - forMs && this.#noted.size <= most) return
      this.#noted.delete(old)
      forgets?.(old)
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
