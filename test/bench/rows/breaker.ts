import type { Child } from '../../child-process'
import type { BenchContext } from '../harness/context'
import type { Contender, Row } from '../harness/row'
import { OURS } from '../harness/signal-peer'
import { startChild } from '../harness/start-child'
import { breakerNames } from './breaker.child'

export const breaker: Row = {
  name: 'breaker',
  title: 'A call through a closed breaker',
  note: 'Of an async function that does nothing; each kind of breaker in a process of its own. Processor time.',
  figures: [{ key: 'ns', title: 'a call', unit: 'ns' }],
  goals: [
    { text: 'at most 1 × cockatiel', figure: 'ns', peer: 'cockatiel', atMost: 1 },
    { text: 'at most 0.3 × opossum', figure: 'ns', peer: 'opossum', atMost: 0.3 },
  ],
  prepare: async (context) => ({ contenders: breakerNames.map((it) => contender(context, it)) }),
}

function contender(context: BenchContext, name: string): Contender {
  const ours = name === OURS
  let started: Promise<Child> | undefined
  return {
    name,
    ours,
    measure: async (round) => {
      started ??= startChild(context, 'breaker', name, ours)
      const child = await started
      const load = { count: 300_000 }
      if (round === 0) await child.call('load', load)
      return { ns: await child.call<number>('load', load) }
    },
    close: async () => (await started)?.stop(),
  }
}
