import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { Spawner } from '@/lib/cfn-loop/spawner'
import { adoptionEnvironment, Processes, type Program } from './start-program'

export interface SpawnerParts {
  /** Of the core: it may queue while it connects. */
  redis: Redis
  namespace?: string | undefined
  /** What a replacement in this swarm runs; undefined leaves its request to other spawners. */
  programOf: (swarmId: string) => Program | undefined
  log: Logger
}

export interface RunningSpawner {
  readonly processes: Processes
  /** Takes up no more requests, and ends the processes that it started. */
  close(): Promise<void>
}

/** Starts a real process for every replacement that is asked for and whose program is known here. */
export function startSpawner({ redis, namespace, programOf, log }: SpawnerParts): RunningSpawner {
  const processes = new Processes()
  const spawner = new Spawner({
    redisClient: redis,
    ...(namespace === undefined ? {} : { namespace }),
    accepts: (request) => programOf(request.swarmId) !== undefined,
    start: (request) => {
      const program = programOf(request.swarmId)
      if (!program) throw new Error(`no program is set for the swarm ${request.swarmId}`)
      const env = { ...program.env, ...adoptionEnvironment(request) }
      const { coordinatorId } = request
      return processes.start({ ...program, env }, (line) =>
        log.info({ coordinatorId, line }, 'a replacement says'),
      )
    },
  })
  spawner.on('running', ({ coordinatorId, replaces, swarmId }, { pid }) =>
    log.info({ coordinatorId, replaces, swarmId, pid }, 'started a replacement'),
  )
  spawner.on('failed', ({ coordinatorId, replaces }, reason) =>
    log.warn({ coordinatorId, replaces, reason }, 'a replacement could not be started'),
  )
  spawner.on('problem', (problem) => log.debug({ err: problem }, 'spawner'))
  spawner.start()
  return {
    processes,
    async close() {
      await spawner.stop()
      await processes.stop()
    },
  }
}
