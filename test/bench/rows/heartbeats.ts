import type { Child } from '../../child-process'
import { startBenchRedis } from '../harness/bench-redis'
import type { BenchContext } from '../harness/context'
import type { Contender, Row } from '../harness/row'
import { startChild } from '../harness/start-child'
import type { HeartbeatOptions } from './heartbeats.child'

type ClientSettings = Pick<HeartbeatOptions, 'connections' | 'autoPipelining' | 'inFlight'>

const settings: Readonly<Record<string, ClientSettings>> = {
  '50 connections': { connections: 50, autoPipelining: false, inFlight: 200 },
  'one connection, auto-pipelined': { connections: 1, autoPipelining: true, inFlight: 500 },
}

export const heartbeats: Row = {
  name: 'heartbeats',
  title: 'Heartbeats of 1,000 coordinators from one process',
  note: 'The bare script is HSET, ZADD and PUBLISH. Ours checks the fence, and says what waits for its owner.',
  figures: [{ key: 'rate', title: 'heartbeats', unit: '/s' }],
  goals: Object.keys(settings).map((it) => ({
    text: `at least 0.8 × the bare script, ${it}`,
    figure: 'rate',
    ours: `signalbox, ${it}`,
    peer: `bare script, ${it}`,
    atLeast: 0.8,
  })),
  prepare: async (context) => {
    const redis = await startBenchRedis()
    const place = { host: redis.host, port: redis.port }
    return {
      contenders: Object.entries(settings).flatMap(([text, client]) =>
        [true, false].map((ours) =>
          contender(context, `${ours ? 'signalbox' : 'bare script'}, ${text}`, {
            ...client,
            redis: place,
            ours,
            // Two processes with the same coordinators would fence each other.
            namespace: `bench-${client.connections}`,
            coordinators: 1000,
          }),
        ),
      ),
      close: () => redis.stop(),
    }
  },
}

function contender(context: BenchContext, name: string, options: HeartbeatOptions): Contender {
  let started: Promise<Child> | undefined
  return {
    name,
    ours: options.ours,
    measure: async (round) => {
      started ??= startChild(context, 'heartbeats', options, options.ours)
      const child = await started
      const load = { forMs: 1000 }
      if (round === 0) await child.call('load', load)
      return { rate: await child.call<number>('load', load) }
    },
    close: async () => (await started)?.stop(),
  }
}
