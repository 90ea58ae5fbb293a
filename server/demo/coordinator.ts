import { Redis } from 'ioredis'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { isFencedError } from '@/lib/redis/errors'
import { ADOPTION } from '../spawner/start-program'
import { implement } from './swarm/implementer'
import { Lead } from './swarm/lead'
import type { Member } from './swarm/member'
import { own } from './swarm/product-owner'
import { redisFromEnvironment } from './swarm/redis-from-environment'
import { type Seat, seatSchema } from './swarm/seats'
import { validate } from './swarm/validator'

// One coordinator of a sample swarm: an ordinary program that imports the library, and knows only
// where Redis is and the secret. Started with a seat it takes that; started as a replacement it
// finds its seat among the work that it inherits.

/** Short, so that whoever kills one sees it happen. */
const THRESHOLD_MS = 10_000
const AFTER_TROUBLE_MS = 1000
const SEAT = 'seat'
const FENCED_EXIT = 3

const env = process.env
const id = env[ADOPTION.coordinatorId] ?? ''
const swarmId = env[ADOPTION.swarmId] ?? ''
const stop = new AbortController()
const say = (message: string, facts: object = {}) =>
  process.stdout.write(`${JSON.stringify({ coordinator: id, message, ...facts })}\n`)

const where = redisFromEnvironment(env)
const redis = new Redis(where)
redis.on('error', () => {})
const manager = new BlockingCoordinationManager({
  redisClient: redis,
  coordinatorId: id,
  hmacSecret: env.BLOCKING_COORDINATION_SECRET,
  swarmId,
  timeoutThreshold: THRESHOLD_MS,
  label: 'sample',
  // A replacement inherits the phase of the one whose place it takes.
  ...(env[ADOPTION.claim] === undefined
    ? { phase: 'standing-by' }
    : { claim: env[ADOPTION.claim] }),
})
const signals = new BlockingCoordinationSignals({
  redisHost: where.host,
  redisPort: where.port,
  redisClient: redis,
})
const member: Member = { id, swarmId, redis, manager, signals, stopping: stop.signal, say }

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    stop.abort(new Error(`ended by ${signal}`))
    void leave(0)
  })
}

async function leave(code: number): Promise<never> {
  await manager.cleanup().catch(() => {})
  redis.disconnect()
  process.exit(code)
}

/** Where it begins is not where it has to stay: a replacement learns from its work what it is. */
async function takeSeat(): Promise<Seat> {
  const given = env.SIGNALBOX_DEMO_SEAT
  if (given !== undefined) {
    const seat = seatSchema.parse(JSON.parse(given))
    await manager.storeWorkItem(SEAT, seat)
    return seat
  }
  await manager.life.ensure()
  const item = (await manager.listWork()).find((it) => it.workId === SEAT)
  if (!item) throw new Error(`${id} inherited no seat`)
  return seatSchema.parse(item.data)
}

function play(seat: Seat): Promise<void> {
  switch (seat.role) {
    case 'lead':
      return new Lead(member, seat).run()
    case 'implementer':
      return implement(member, seat)
    case 'validator':
      return validate(member, seat)
    case 'owner':
      return own(member)
  }
}

manager.life.on('fenced', (error) => {
  say('was replaced', { why: error.message })
  void leave(FENCED_EXIT)
})
let registered = false
while (!stop.signal.aborted) {
  try {
    await signals.connect()
    const seat = await takeSeat()
    if (!registered) say('ready', { role: seat.role, pid: process.pid })
    registered = true
    await play(seat)
  } catch (error) {
    if (stop.signal.aborted) break
    if (isFencedError(error)) break
    // Redis is away, mostly. Everything that matters is there: it begins again where it was.
    say('begins again', { why: error instanceof Error ? error.message : String(error) })
    await new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE_MS))
  }
}
