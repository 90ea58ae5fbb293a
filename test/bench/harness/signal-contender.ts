import type { Child } from '../../child-process'
import type { BenchContext } from './context'
import type { Contender, Figures } from './row'
import type { Load, LoadResult } from './sender-part'
import { OURS, type Place } from './signal-peer'
import { startChild } from './start-child'

export interface SignalContenderOptions {
  readonly peer: string
  readonly place: Place
  readonly receivers: number
  readonly processes: number
  readonly load: Load
  readonly figures: (result: LoadResult) => Figures
  readonly missing?: string | undefined
}

/** One way of signalling as a contender: its processes start with its first round. */
export function signalContender(context: BenchContext, options: SignalContenderOptions): Contender {
  const { peer, load, figures, missing } = options
  const ours = peer === OURS
  let started: Promise<{ sender: Child; receivers: Child[] }> | undefined
  return {
    name: peer,
    ours,
    missing,
    measure: async (round) => {
      started ??= start(context, options, ours)
      const { sender, receivers } = await started
      await Promise.all(receivers.map((it) => it.call('resume')))
      // The warm-up takes as long as two rounds: compilers need calls, not one.
      if (round === 0) await sender.call<LoadResult>('load', load)
      const result = await sender.call<LoadResult>('load', load)
      await Promise.all(receivers.map((it) => it.call('pause')))
      return figures(result)
    },
    close: async () => {
      const children = await started
      await children?.sender.stop()
      await Promise.all(children?.receivers.map((it) => it.stop()) ?? [])
    },
  }
}

async function start(context: BenchContext, options: SignalContenderOptions, ours: boolean) {
  const { peer, place, processes } = options
  const ids = Array.from({ length: options.receivers }, (_, at) => `receiver-${at}`)
  const receivers = await Promise.all(
    Array.from({ length: processes }, (_, at) =>
      startChild(
        context,
        'receivers',
        { peer, place, ids: ids.filter((__, id) => id % processes === at) },
        ours,
      ),
    ),
  )
  const told = await Promise.all(
    receivers.map((it) => it.call<Record<string, string>>('addresses')),
  )
  const addresses = Object.assign({}, ...told) as Record<string, string>
  const sender = await startChild(
    context,
    'sender',
    { peer, place: { ...place, addresses }, targets: ids },
    ours,
  )
  return { sender, receivers }
}
