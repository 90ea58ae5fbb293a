import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { CircuitBreaker } from '../circuit-breaker'
import { randomId } from '../random-id'

/** An operator's wish, as the record of a breaker holds it. */
const wishSchema = z.object({ state: z.enum(['open', 'closed', 'reset']), at: z.number() })

export interface BreakerPublisherOptions {
  readonly breaker: CircuitBreaker
  /** Runs `publish-breaker` as the owner; `args` are what comes after owner, epoch and instance. */
  readonly send: (args: (string | number)[]) => Promise<string[]>
  /** Figures of calls are told about this often, ms, when nothing else is to be told, and sooner at first. */
  readonly refreshMs: () => number
}

/**
 * After a start or a change the figures begin anew, and people look: the first two come after these parts of
 * the usual time.
 */
const SOONER = [1 / 30, 1 / 5] as const

/**
 * Tells Redis of a breaker: at first, at each change of state, and its figures now and then. What cannot
 * be told, since Redis is away, is told at the next contact, with the times at which it happened.
 */
export class BreakerPublisher {
  readonly #options: BreakerPublisherOptions
  readonly #id = randomId(16)
  #told = 0
  #calls = 0
  #failed = 0
  #obeyed = ''
  #lastAt = Number.NEGATIVE_INFINITY
  /** How often figures were due since the last change. */
  #refreshes = 0
  /** Ten thousand that start together don't tell theirs together. */
  readonly #pace = randomInt(750, 1250) / 1000
  #sending: Promise<void> | undefined
  #again = false
  #closed = false
  readonly #changed = () => void this.publish()

  constructor(options: BreakerPublisherOptions) {
    this.#options = options
    options.breaker.on('state:changed', this.#changed)
  }

  /** The owner has reached Redis: tells what is not told yet, or figures that are due. */
  contact(): void {
    const { transitionCount, calls } = this.#options.breaker.getStatistics()
    if (transitionCount > this.#told) void this.publish()
    else if (calls > this.#calls && this.#figuresAreDue()) {
      this.#refreshes += 1
      void this.publish()
    }
  }

  /** Never throws: what failed is told at the next contact. One at a time. */
  publish(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    if (this.#sending) {
      this.#again = true
      return this.#sending
    }
    this.#sending = this.#publishAll().finally(() => {
      this.#sending = undefined
    })
    return this.#sending
  }

  close(): void {
    this.#closed = true
    this.#options.breaker.off('state:changed', this.#changed)
  }

  #figuresAreDue(): boolean {
    const part = SOONER[this.#refreshes] ?? 1
    return performance.now() - this.#lastAt >= this.#options.refreshMs() * part * this.#pace
  }

  async #publishAll(): Promise<void> {
    try {
      do {
        this.#again = false
        await this.#publishOnce()
      } while (this.#again && !this.#closed)
    } catch {
      // The breaker itself shows why; the next contact tells it.
    }
  }

  async #publishOnce(): Promise<void> {
    const { breaker, send } = this.#options
    const now = breaker.getStatistics()
    const fresh = Math.min(now.transitionCount - this.#told, now.transitions.length)
    const changes = fresh > 0 ? now.transitions.slice(-fresh) : []
    const obeyed = this.#obeyed
    const [code, wish = ''] = await send([
      breaker.name,
      this.#id,
      now.transitionCount - changes.length,
      JSON.stringify(changes.map(({ state, ageMs }) => ({ state, ageMs }))),
      now.state,
      now.failureCount,
      now.state === 'open' ? now.cooldownRemaining : '',
      now.lastError === null || now.state === 'closed' ? '' : JSON.stringify(now.lastError),
      now.calls - this.#calls,
      now.failed - this.#failed,
      obeyed,
    ])
    if (code !== 'OK') return
    if (changes.length > 0) this.#refreshes = 0
    this.#told = now.transitionCount
    this.#calls = now.calls
    this.#failed = now.failed
    this.#lastAt = performance.now()
    if (this.#obeyed === obeyed) this.#obeyed = ''
    if (wish !== '') this.#obey(wish)
  }

  #obey(text: string): void {
    const wish = wishSchema.safeParse(JSON.parse(text))
    if (!wish.success) return
    this.#obeyed = wish.data.at.toFixed(0)
    this.#again = true
    if (wish.data.state === 'reset') this.#options.breaker.reset()
    else this.#options.breaker.forceState(wish.data.state)
  }
}
