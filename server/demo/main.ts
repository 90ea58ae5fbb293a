import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { createLogger } from '../log'
import { ADOPTION, ordinaryEnvironment, Processes, type Program } from '../spawner/start-program'
import { startSpawner } from '../spawner/start-spawner'
import { redisFromEnvironment } from './swarm/redis-from-environment'
import { SAMPLE_SWARMS } from './swarm/seats'

// The sample: starts every coordinator as a process of its own, and a process for each replacement
// that an operator asks for. One that dies stays dead: that is for the operator to see.

const READY_WITHIN_MS = 30_000
const log = createLogger(process.env.LOG_LEVEL || 'info')

// From the sources it runs as TypeScript, built as JavaScript; the loader of the former is in execArgv.
const coordinator = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './coordinator.ts' : './coordinator.js',
    import.meta.url,
  ),
)
const env: Record<string, string> = {
  ...ordinaryEnvironment(),
  ...Object.fromEntries(
    [
      'REDIS_URL',
      'REDIS_HOST',
      'REDIS_PORT',
      'REDIS_PASSWORD',
      'BLOCKING_COORDINATION_SECRET',
      'BLOCKING_COORDINATION_SECOND_SECRET',
      'BLOCKING_COORDINATION_REPLICAS',
    ].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  ),
}
const program: Program = { command: [process.execPath, ...process.execArgv, coordinator], env }
const swarmIds = new Set(SAMPLE_SWARMS.map((it) => it.swarmId))

const redis = new Redis(redisFromEnvironment(process.env))
redis.on('error', () => {})
const processes = new Processes()
const spawner = startSpawner({
  redis,
  programOf: (swarmId) => (swarmIds.has(swarmId) ? program : undefined),
  log,
})

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void Promise.all([spawner.close(), processes.stop()]).finally(() => {
      redis.disconnect()
      process.exit(0)
    })
  })
}

const ready = SAMPLE_SWARMS.flatMap(({ swarmId, seats }) =>
  seats.map((seat) => {
    const facts = {
      [ADOPTION.coordinatorId]: seat.name,
      [ADOPTION.swarmId]: swarmId,
      SIGNALBOX_DEMO_SEAT: JSON.stringify(seat),
    }
    return new Promise<void>((resolve, reject) => {
      processes
        .start({ ...program, env: { ...env, ...facts } }, (line) => {
          log.debug({ coordinatorId: seat.name, line }, 'a coordinator says')
          if (line.includes('"message":"ready"')) resolve()
        })
        .then(({ pid, ended }) => {
          log.info({ coordinatorId: seat.name, swarmId, pid }, 'started a coordinator')
          void ended.then((how) => {
            if (!stopping) log.warn({ coordinatorId: seat.name, how }, 'a coordinator ended')
            resolve()
          })
        }, reject)
    })
  }),
)
const late = setTimeout(() => log.warn('not every coordinator was ready in time'), READY_WITHIN_MS)
await Promise.race([
  Promise.all(ready),
  new Promise((resolve) => setTimeout(resolve, READY_WITHIN_MS).unref()),
])
clearTimeout(late)
process.stdout.write(`${JSON.stringify({ ready: true, swarms: [...swarmIds] })}\n`)
