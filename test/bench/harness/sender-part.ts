import type { Part } from '../../serve-parts'
import { signalPeer } from '../peers/all-signal-peers'
import type { Place, Sender } from './signal-peer'
import { quantile } from './statistics'

export interface SenderOptions {
  readonly peer: string
  readonly place: Place
  readonly targets: readonly string[]
}

export interface Load {
  readonly inFlight: number
  /** Ends at whichever comes first. */
  readonly messages: number
  readonly forMs: number
}

export interface LoadResult {
  readonly p50: number
  readonly p99: number
  /** Messages a second. */
  readonly rate: number
}

/** The process that sends and measures. */
export function senderPart(): Part {
  let sender: Sender | undefined
  let targets: readonly string[] = []
  return {
    prepare: async (options: SenderOptions) => {
      targets = options.targets
      sender = await signalPeer(options.peer).openSender(options.place, targets)
    },
    load: async (load: Load) => {
      if (!sender) throw new Error('not prepared')
      return runLoad(sender, targets, load)
    },
    close: () => sender?.close(),
  }
}

async function runLoad(
  sender: Sender,
  targets: readonly string[],
  { inFlight, messages, forMs }: Load,
): Promise<LoadResult> {
  const latencies: number[] = []
  const startedAt = performance.now()
  let started = 0
  const lane = async () => {
    while (started < messages && performance.now() - startedAt < forMs) {
      started += 1
      const sentAt = performance.now()
      await sender.send(targets)
      latencies.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const seconds = (performance.now() - startedAt) / 1000
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    rate: latencies.length / seconds,
  }
}
