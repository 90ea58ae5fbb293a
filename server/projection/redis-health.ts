import { EventEmitter } from 'node:events'
import type { Redis } from 'ioredis'
import type { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import type { StatusFrame } from '@/lib/protocol/frames'
import { replaceSilentConnection } from '@/lib/redis/replace-silent-connection'
import type { RedisClock } from './redis-clock'

type RedisStatus = StatusFrame['redis']

const PROBE_MS = 1000

export interface RedisHealthEvents {
  /** Redis was lost, or came back. */
  change: [RedisStatus]
}

/**
 * Whether Redis can be reached: asked once a second, through a circuit breaker, whose state it
 * shows. A closed link is known at once, a silent one once the breaker opens.
 */
export class RedisHealth extends EventEmitter<RedisHealthEvents> {
  private timer: NodeJS.Timeout | undefined
  private up = true
  private since: number
  private error: string | undefined
  private nextTryAt: number | undefined
  private closed = false
  private readonly onLost = () => this.lost('the connection was closed')
  private readonly onReady = () => this.probeSoon()

  constructor(
    private readonly redis: Redis,
    private readonly breaker: CircuitBreaker,
    private readonly clock: RedisClock,
    /** What else is to be known once a second, on the same connection. */
    private readonly alsoAsk: () => Promise<void>,
  ) {
    super()
    this.since = clock.now()
  }

  start(): void {
    this.redis.on('close', this.onLost)
    this.redis.on('ready', this.onReady)
    this.probeSoon()
  }

  status(): RedisStatus {
    if (this.up) return { state: 'up', since: this.since }
    return {
      state: 'down',
      since: this.since,
      ...(this.nextTryAt === undefined ? {} : { nextTryAt: this.nextTryAt }),
      ...(this.error === undefined ? {} : { error: this.error }),
    }
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.redis.off('close', this.onLost)
    this.redis.off('ready', this.onReady)
    this.removeAllListeners()
  }

  private probeSoon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.probe(), 0)
  }

  private async probe(): Promise<void> {
    const began = performance.now()
    try {
      await this.breaker.execute(async () => {
        // What ioredis says of it speaks of its own options.
        if (this.redis.status !== 'ready') throw new Error('Redis is not connected')
        const askedAt = performance.now()
        const [seconds, micros] = await this.redis.time()
        this.clock.observe(Number(seconds) * 1000 + Math.floor(Number(micros) / 1000), askedAt)
        await this.alsoAsk()
      })
      if (this.closed) return
      this.found()
    } catch (error) {
      if (this.closed) return
      const { state, cooldownRemaining } = this.breaker.getState()
      const broken = state !== 'closed' || this.redis.status !== 'ready'
      this.nextTryAt = this.clock.now() + Math.max(cooldownRemaining, PROBE_MS)
      replaceSilentConnection(this.redis)
      if (broken) this.lost(error instanceof Error ? error.message : String(error))
    }
    clearTimeout(this.timer)
    const rest = Math.max(PROBE_MS - (performance.now() - began), 50)
    this.timer = setTimeout(() => void this.probe(), rest)
  }

  private found(): void {
    if (this.up) return
    this.up = true
    this.since = this.clock.now()
    this.error = undefined
    this.nextTryAt = undefined
    this.emit('change', this.status())
  }

  private lost(error: string): void {
    if (!this.up) return
    this.up = false
    this.since = this.clock.now()
    this.error = error.slice(0, 200)
    this.nextTryAt ??= this.since + PROBE_MS
    this.emit('change', this.status())
  }
}
