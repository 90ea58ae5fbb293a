import type { Redis } from 'ioredis'
import type { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import type { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import type { Signal } from '@/lib/protocol/signal'

/** What a program of a sample swarm has in hand: its name, and the library. */
export interface Member {
  readonly id: string
  readonly swarmId: string
  readonly redis: Redis
  readonly manager: BlockingCoordinationManager
  readonly signals: BlockingCoordinationSignals
  /** Ends everything that it waits for. */
  readonly stopping: AbortSignal
  say(message: string, facts?: object): void
}

/** Takes what is in the inbox now, or comes within `waitMs`; acknowledged when `handle` has kept it. */
export async function takeSignals(
  member: Member,
  waitMs: number,
  handle: (signal: Signal) => Promise<void>,
): Promise<void> {
  const { manager, stopping } = member
  for (let wait = waitMs; !stopping.aborted; wait = 0) {
    const signal = await manager.waitForSignal({ timeoutMs: wait, signal: stopping })
    if (!signal) return
    await handle(signal)
    await manager.acknowledgeSignal(signal)
  }
}
