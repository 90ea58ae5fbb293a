/** What a coordinator's calls came to: how long they took, which threw, who worked since a moment. */
export class CallLog {
  readonly errors: Record<string, number> = {}
  readonly beyond: Record<string, number> = {}
  calls = 0
  #since = 0
  readonly #working = new Map<string, number>()

  /** Counts a call. What it throws is counted, and is undefined to the caller. */
  async run<T>(
    who: string,
    operation: string,
    timeoutMs: number,
    call: () => Promise<T>,
  ): Promise<T | undefined> {
    const startedAt = performance.now()
    this.calls += 1
    try {
      const result = await call()
      const kind = `${who} ${operation === 'acknowledgeSignal' ? 'acks' : 'writes'}`
      if (!operation.startsWith('wait') && !this.#working.has(kind)) {
        this.#working.set(kind, Date.now())
      }
      return result
    } catch (error) {
      const name = error instanceof Error ? nameOf(error) : String(error)
      this.errors[`${operation}: ${name}`] = (this.errors[`${operation}: ${name}`] ?? 0) + 1
      return undefined
    } finally {
      const beyond = performance.now() - startedAt - timeoutMs
      this.beyond[operation] = Math.max(this.beyond[operation] ?? Number.NEGATIVE_INFINITY, beyond)
    }
  }

  /** From now on: who works? */
  mark(): void {
    this.#since = Date.now()
    this.#working.clear()
  }

  /** How long after the mark the last of them had written and acknowledged, ms; who has not, by name. */
  working(ids: readonly string[]): { afterMs: number; missing: string[] } {
    const kinds = ids.flatMap((it) => [`${it} writes`, `${it} acks`])
    const missing = kinds.filter((it) => !this.#working.has(it))
    const times = kinds.map((it) => this.#working.get(it) ?? 0)
    return { afterMs: Math.max(0, ...times) - this.#since, missing }
  }

  forgetTimes(): void {
    for (const operation of Object.keys(this.beyond)) delete this.beyond[operation]
  }
}

/** Errors of Redis and of connections have no name of their own: their first word tells them apart. */
function nameOf(error: Error): string {
  if (error.name !== 'Error' && error.name !== 'ReplyError') return error.name
  return error.message.split(/[\s:]/, 4).join(' ')
}
