/** The value of every label of what is beyond the limit. */
export const BEYOND = 'other'

/** Series that a metric may have, the one for what is beyond the limit included. */
export const MAX_SERIES = 1000

export type Labels = Partial<Record<string, string | number>>

/**
 * Ids are labels, and whoever names coordinators must not be able to fill the memory of whoever
 * watches them: beyond the limit, what is new is counted under `other`.
 */
export class SeriesLimit {
  readonly #names: readonly string[]
  readonly #known = new Set<string>()

  constructor(names: readonly string[]) {
    this.#names = names
  }

  /** The labels to count under. What is no object is for the metric itself to refuse. */
  admit(labels: Labels): Labels {
    if (typeof labels !== 'object' || labels === null) return labels
    const key = this.#key(labels)
    if (this.#known.has(key)) return labels
    if (this.#known.size >= MAX_SERIES - 1) {
      return Object.fromEntries(this.#names.map((name) => [name, BEYOND]))
    }
    this.#known.add(key)
    return labels
  }

  forget(labels: Labels): void {
    this.#known.delete(this.#key(labels))
  }

  clear(): void {
    this.#known.clear()
  }

  /** Those that have all of these labels. */
  with(labels: Labels): Labels[] {
    return [...this.#known]
      .map((key) => this.#labels(key))
      .filter((it) => Object.entries(labels).every(([name, value]) => it[name] === value))
  }

  #key(labels: Labels): string {
    return JSON.stringify(this.#names.map((name) => String(labels[name] ?? '')))
  }

  #labels(key: string): Labels {
    const values = JSON.parse(key) as string[]
    return Object.fromEntries(this.#names.map((name, place) => [name, values[place]]))
  }
}

/** Labels as prom-client takes them: one object, or the values in their order. */
export function labelsOf(names: readonly string[], args: readonly unknown[]): Labels {
  const [first] = args
  if (typeof first === 'object' && first !== null) return first as Labels
  return Object.fromEntries(names.map((name, place) => [name, String(args[place])]))
}
