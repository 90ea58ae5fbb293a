import { startBenchRedis } from '../harness/bench-redis'
import type { BenchContext } from '../harness/context'
import { startNats } from '../harness/nats-server'
import type { Figures, PreparedRow } from '../harness/row'
import type { Load, LoadResult } from '../harness/sender-part'
import { signalContender } from '../harness/signal-contender'
import { signalPeers } from '../peers/all-signal-peers'

export interface SignalRowOptions {
  readonly receivers: number
  readonly processes: number
  readonly load: Load
  readonly figures: (result: LoadResult) => Figures
  /** Peers that this row makes no sense for. */
  readonly without?: readonly string[]
}

/** One Redis and one NATS for all contenders of a row. */
export async function prepareSignalRow(
  context: BenchContext,
  { without = [], ...options }: SignalRowOptions,
): Promise<PreparedRow> {
  const redis = await startBenchRedis()
  const nats = await startNats()
  const place = {
    redis: { host: redis.host, port: redis.port },
    nats: nats && { port: nats.port },
    addresses: {},
  }
  const contenders = signalPeers
    .filter((it) => !without.includes(it.name))
    .map(({ name }) =>
      signalContender(context, {
        ...options,
        peer: name,
        place,
        missing: name.startsWith('NATS') && !nats ? 'nats-server is not installed' : undefined,
      }),
    )
  return {
    contenders,
    close: async () => {
      await nats?.stop()
      await redis.stop()
    },
  }
}
