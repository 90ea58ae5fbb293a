import { Redis } from 'ioredis'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { isNotConnectedError } from '@/lib/redis/errors'
import type { Part } from '../../serve-parts'

export interface LoadOptions {
  readonly redis: { readonly host: string; readonly port: number }
  readonly secret: string
  /** `[id, swarm]` of each coordinator of this process. */
  readonly coordinators: readonly (readonly [string, string])[]
  /** Registrations a second of this process; as fast as they go where not given. */
  readonly registerPerSecond?: number | undefined
  readonly heartbeatInterval: number
  /** Of this process: changes of phase, and signals. */
  readonly phasesPerSecond: number
  readonly signalsPerSecond: number
}

export interface LoadCounts {
  readonly phases: number
  readonly signals: number
  readonly acks: number
  readonly failed: number
}

/** One in so many waits for signals, and answers them: the board shows it blocked meanwhile. */
const WAITING_ONE_IN = 20
const AT_A_TIME = 100
/** Work is done in so many portions a second, so that it does not come in one heap. */
const TICKS = 20
const PHASES = ['loop-3-implementation', 'loop-2-validation', 'loop-4-decision']
const WAIT_MS = 600_000

/** A process in which many real coordinators live: they register, beat, change phase, signal, wait, answer. */
export function loadPart(): Part {
  let redis: Redis | undefined
  let signals: BlockingCoordinationSignals | undefined
  let options: LoadOptions
  let all: BlockingCoordinationManager[] = []
  let waiting: BlockingCoordinationManager[] = []
  let timer: NodeJS.Timeout | undefined
  const counts = { phases: 0, signals: 0, acks: 0, failed: 0 }
  const failed = (error: unknown) => {
    if (!isNotConnectedError(error)) counts.failed += 1
  }

  const answer = async (manager: BlockingCoordinationManager) => {
    for (;;) {
      const signal = await manager.waitForSignal({ timeoutMs: WAIT_MS })
      if (!signal) continue
      await manager.acknowledgeSignal(signal)
      counts.acks += 1
    }
  }
  const changePhase = async (step: number) => {
    const manager = all[(step * 7) % all.length]
    if (!manager) return
    const lap = Math.floor(step / all.length)
    await manager.recordActivity(PHASES[lap % PHASES.length], 4 + Math.floor(lap / PHASES.length))
    counts.phases += 1
  }
  const send = async (step: number) => {
    const from = all[(step * 13) % all.length]
    const to = waiting[step % waiting.length]
    if (!from || !to || from === to) return
    const type = step % 2 === 0 ? 'validation' : 'completion'
    await signals?.sendSignal(from.coordinatorId, to.coordinatorId, type, step)
    counts.signals += 1
  }

  return {
    prepare: async (given: LoadOptions) => {
      options = given
      redis = new Redis({ ...given.redis, enableAutoPipelining: true })
      await redis.ping()
      signals = new BlockingCoordinationSignals({
        redisHost: given.redis.host,
        redisPort: given.redis.port,
      })
      await signals.connect()
      const client = redis
      all = given.coordinators.map(
        ([coordinatorId, swarmId]) =>
          new BlockingCoordinationManager({
            redisClient: client,
            coordinatorId,
            swarmId,
            hmacSecret: given.secret,
            heartbeatInterval: given.heartbeatInterval,
            label: 'load',
          }),
      )
      // One of each score, each time another one, so that they are found in all swarms.
      waiting = all.filter(
        (_, index) =>
          index % WAITING_ONE_IN === Math.floor(index / WAITING_ONE_IN) % WAITING_ONE_IN,
      )
    },
    /** Registers them all, at an even pace, so that their beats come evenly as well. */
    register: async () => {
      const began = performance.now()
      const { registerPerSecond = Number.POSITIVE_INFINITY } = options
      let next = 0
      const lane = async () => {
        for (let at = next++; at < all.length; at = next++) {
          const early = (at / registerPerSecond) * 1000 - (performance.now() - began)
          if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
          await all[at]?.recordActivity(PHASES[at % PHASES.length], 1 + (at % 3))
        }
      }
      await Promise.all(Array.from({ length: AT_A_TIME }, lane))
      return performance.now() - began
    },
    work: () => {
      for (const manager of waiting) answer(manager).catch(failed)
      const began = performance.now()
      const { phasesPerSecond, signalsPerSecond } = options
      let [phases, sent] = [0, 0]
      timer = setInterval(() => {
        const seconds = (performance.now() - began) / 1000
        for (; phases < seconds * phasesPerSecond; phases++) changePhase(phases).catch(failed)
        for (; sent < seconds * signalsPerSecond; sent++) send(sent).catch(failed)
      }, 1000 / TICKS)
    },
    counts: (): LoadCounts => ({ ...counts }),
    close: async () => {
      clearInterval(timer)
      // Not `cleanup`: what a load leaves behind is gone with its Redis.
      await signals?.disconnect()
      redis?.disconnect()
    },
  }
}
