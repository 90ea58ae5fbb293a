import path from 'node:path'
import { buildProgram } from '../../build-program'
import type { Child } from '../../child-process'
import { benchFolder } from '../harness/context'
import { startChild } from '../harness/start-child'
import type { LoadCounts, LoadOptions } from './load-part'

export interface LoadWanted {
  readonly redis: { readonly host: string; readonly port: number }
  readonly secret: string
  readonly coordinators: number
  readonly swarms: number
  readonly processes: number
  readonly beatsPerSecond: number
  readonly eventsPerSecond: number
  /** Registers at the pace of the beats, so that they come evenly; else as fast as it goes. */
  readonly evenly: boolean
}

export interface RunningLoad {
  readonly ids: readonly string[]
  readonly registeredInMs: number
  /** Begins to change phases and to send signals; beats have come since the registration. */
  work(): Promise<void>
  counts(): Promise<LoadCounts>
  stop(): Promise<void>
}

/** Two fifths of the events come of signals. One makes about so many: sent, acked, completed, unblocked, blocked. */
const EVENTS_A_SIGNAL = 5
const SHARE_OF_SIGNALS = 0.4

/** The program that the processes of this benchmark run, as one file. */
export function buildBoardProgram(): Promise<string> {
  return buildProgram(
    path.resolve(import.meta.dirname, 'child.ts'),
    path.join(benchFolder, 'build/board-child.mjs'),
  )
}

/** Real coordinators by the thousand, in processes of their own, labelled as load on the board. */
export async function startLoad(childProgram: string, wanted: LoadWanted): Promise<RunningLoad> {
  const { processes, swarms, redis, secret } = wanted
  const all = Array.from({ length: wanted.coordinators }, (_, index) => {
    const swarm = String(index % swarms).padStart(2, '0')
    const number = String(Math.floor(index / swarms)).padStart(4, '0')
    return [`load-${swarm}-${number}`, `load-${swarm}`] as const
  })
  const children: Child[] = []
  const stop = async () => {
    await Promise.all(children.map((it) => it.stop()))
  }
  try {
    for (let at = 0; at < processes; at++) {
      const options: LoadOptions = {
        redis: { host: redis.host, port: redis.port },
        secret,
        coordinators: all.filter((_, index) => index % processes === at),
        registerPerSecond: wanted.evenly ? wanted.beatsPerSecond / processes : undefined,
        heartbeatInterval: Math.round((wanted.coordinators / wanted.beatsPerSecond) * 1000),
        phasesPerSecond: (wanted.eventsPerSecond * (1 - SHARE_OF_SIGNALS)) / processes,
        signalsPerSecond: (wanted.eventsPerSecond * SHARE_OF_SIGNALS) / EVENTS_A_SIGNAL / processes,
      }
      children.push(await startChild({ childProgram, profileFolder: undefined }, 'load', options))
    }
    const took = await Promise.all(children.map((it) => it.call<number>('register')))
    return {
      ids: all.map(([id]) => id),
      registeredInMs: Math.max(...took),
      work: async () => {
        await Promise.all(children.map((it) => it.call('work')))
      },
      counts: async () => {
        const each = await Promise.all(children.map((it) => it.call<LoadCounts>('counts')))
        const sum = (key: keyof LoadCounts) => each.reduce((all, it) => all + it[key], 0)
        return {
          phases: sum('phases'),
          signals: sum('signals'),
          acks: sum('acks'),
          failed: sum('failed'),
        }
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
