import { randomBytes } from 'node:crypto'
import type { TestRedis } from '../../redis'
import { startBenchRedis } from '../harness/bench-redis'
import { type ProductionServer, startServer } from './production-server'
import { buildBoardProgram, type RunningLoad, startLoad } from './start-load'

export interface WorldWanted {
  readonly coordinators: number
  readonly beatsPerSecond: number
  readonly eventsPerSecond: number
  readonly loadProcesses: number
  readonly say: (text: string) => void
  readonly profileFolder: string | undefined
}

/** A Redis, a server, and a load on them. */
export interface BoardWorld {
  readonly redis: TestRedis
  readonly secret: string
  readonly server: ProductionServer
  readonly load: RunningLoad
  readonly childProgram: string
  /** What is measured here, in words. */
  readonly about: string
  readonly say: (text: string) => void
  pause(ms: number): Promise<void>
  /** Waits, and says how long still. */
  countDown(what: string, seconds: number): Promise<void>
  stop(): Promise<void>
}

export async function createWorld(wanted: WorldWanted): Promise<BoardWorld> {
  const { coordinators, beatsPerSecond, eventsPerSecond, loadProcesses, say } = wanted
  const secret = randomBytes(32).toString('hex')
  const childProgram = await buildBoardProgram()
  const redis = await startBenchRedis()
  const closers: (() => Promise<unknown>)[] = [() => redis.stop()]
  const stop = async () => {
    for (const close of closers.reverse()) await close()
  }
  try {
    say(`load, ${coordinators} coordinators register`)
    const load = await startLoad(childProgram, {
      redis,
      secret,
      coordinators,
      swarms: 40,
      processes: loadProcesses,
      beatsPerSecond,
      eventsPerSecond,
      evenly: true,
    })
    closers.push(() => load.stop())
    const { profileFolder } = wanted
    const server = await startServer(redis.url, secret, { profileFolder })
    closers.push(() => server.stop())
    await load.work()
    const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    return {
      redis,
      secret,
      server,
      load,
      childProgram,
      about: `${coordinators.toLocaleString('en')} coordinators in ${loadProcesses} processes, ${beatsPerSecond} beats and ${eventsPerSecond} events a second`,
      say,
      pause,
      countDown: async (what, seconds) => {
        for (let rest = seconds; rest > 0; rest -= 1) {
          say(`${what}, ${Math.ceil(rest)} s`)
          await pause(Math.min(1, rest) * 1000)
        }
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
