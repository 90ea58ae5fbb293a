import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { isFencedError } from '@/lib/redis/errors'
import type { Part } from '../../serve-parts'
import { connectTo, type Place, SECRET } from '../harness/place'

export interface LateWriterOptions {
  readonly place: Place
  readonly coordinatorId: string
  readonly thresholdMs: number
}

export interface LateWriterReport {
  readonly accepted: number
  /** By operation. */
  readonly refused: Readonly<Record<string, number>>
  /** Accepted after something had been refused. */
  readonly acceptedLate: number
  readonly otherErrors: readonly string[]
}

/** A process that writes in every way that a coordinator has, without end. */
export function lateWriterPart(): Part {
  const refused: Record<string, number> = {}
  const otherErrors: string[] = []
  let accepted = 0
  let acceptedLate = 0
  let running = true
  let redis: Redis
  let manager: BlockingCoordinationManager
  let loop: Promise<void>

  async function writeForEver(id: string): Promise<void> {
    const signals = new BlockingCoordinationSignals({ redisClient: redis })
    await signals.connect()
    const toItself = await signals.sendSignal('somebody', id, 'status_update', 0)
    const signal = await manager.waitForSignal({ timeoutMs: 5000 })
    const calls: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
      storeWorkItem: (n) => manager.storeWorkItem(`${id}-w${n % 20}`, n),
      completeWorkItem: (n) => manager.completeWorkItem(`${id}-w${n % 20}`),
      sendSignal: (n) => signals.sendSignal(id, 'somebody', 'status_update', n),
      recordActivity: (n) => manager.recordActivity('late', n),
      acknowledgeSignal: async () => signal && manager.acknowledgeSignal(signal),
      completeSignal: () => manager.completeSignal(toItself.messageId),
    }
    for (let n = 0; running; n++) {
      for (const [operation, call] of Object.entries(calls)) {
        try {
          await call(n)
          accepted += 1
          if (Object.keys(refused).length > 0) acceptedLate += 1
        } catch (error) {
          if (isFencedError(error)) refused[operation] = (refused[operation] ?? 0) + 1
          else otherErrors.push(String(error))
        }
      }
      await sleep(20)
    }
  }

  return {
    prepare: async ({ place, coordinatorId, thresholdMs }: LateWriterOptions) => {
      redis = await connectTo(place)
      manager = new BlockingCoordinationManager({
        redisClient: redis,
        coordinatorId,
        hmacSecret: SECRET,
        timeoutThreshold: thresholdMs,
      })
      await manager.life.ensure()
      loop = writeForEver(coordinatorId)
    },
    finish: async (): Promise<LateWriterReport> => {
      running = false
      await loop
      return { accepted, refused, acceptedLate, otherErrors }
    },
    close: async () => {
      running = false
      await manager.cleanup()
      redis.disconnect()
    },
  }
}
