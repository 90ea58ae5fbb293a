import type { Redis } from 'ioredis'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import type { SignalAck } from '@/lib/protocol/signal'
import { namespaceKeys } from '@/lib/redis/keys'
import { startTestRedis } from '../../redis'
import { contradictions } from '../harness/check-history'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, keepWholeLog, readHistory } from '../harness/history'
import { idsOf } from '../harness/ids'
import { inLanes, shuffled } from '../harness/lanes'
import { SECRET } from '../harness/place'

const keys = namespaceKeys()

export const replays: Fault = {
  name: 'replays',
  title: 'ten thousand signals and ACKs, doubled, out of order and replayed',
  takes: 'one minute',
  run: async (context) => {
    const distinct = context.quick ? 250 : 2500
    const receivers = idsOf('receiver', 10)
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    const admin = redis.client()
    await keepWholeLog(admin)
    const senders = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const signals = new BlockingCoordinationSignals({ redisClient: redis.client() })
        await signals.connect()
        return signals
      }),
    )

    context.say(`${distinct} signals, each sent four times, in any order`)
    const sends = shuffled(Array.from({ length: 4 * distinct }, (_, at) => at))
    const told = new Map<number, Set<string>>()
    let duplicates = 0
    await inLanes(50, sends, async (at) => {
      const n = at % distinct
      const sender = senders[Math.floor(at / distinct)]
      const to = receivers[n % receivers.length] ?? ''
      const sent = await sender?.sendSignal(
        'sender',
        to,
        'status_update',
        n,
        { n },
        { idempotencyKey: `k-${n}` },
      )
      if (sent?.isDuplicate) duplicates += 1
      if (sent) told.set(n, (told.get(n) ?? new Set()).add(sent.messageId))
    })
    const signalIds = [...told.values()].flatMap((it) => [...it])

    context.say('each acknowledged four times, also by another life of the receiver')
    const acks = new Map<string, SignalAck>()
    const differing: string[] = []
    for (let life = 0; life < 2; life++) {
      for (const id of receivers) {
        const manager = managerOf(redis.client(), id)
        const mine = shuffled(
          signalIds.filter((it) => it.split(':')[1] === id).flatMap((it) => [it, it]),
        )
        await inLanes(25, mine, async (signalId) => {
          const signal = {
            signalId,
            source: 'sender',
            targets: [id],
            type: 'status_update' as const,
            timestamp: 1,
          }
          const ack = await manager.acknowledgeSignal(signal)
          const first = acks.get(signalId)
          if (first && first.mac !== ack.mac) differing.push(signalId)
          else acks.set(signalId, ack)
        })
        await manager.stop()
      }
    }

    context.say('true ACKs put where they do not belong')
    const before = await readHistory(admin)
    const waiter = managerOf(admin, 'sender')
    const { tried, taken } = await replay(admin, waiter, senders[0], [...acks.values()])
    await waiter.cleanup()
    const history = await readHistory(admin)
    const sentEvents = eventsOf(before, 'signal.sent').length
    const ackedEvents = eventsOf(before, 'signal.acked').length
    const rejected = eventsOf(history, 'ack.rejected').length
    return {
      done: `${distinct} signals sent four times each over four connections in any order, acknowledged four times each in two lives, and ${tried} true ACKs replayed for other signals, targets and epochs`,
      findings: [
        finding(
          `${distinct} signals`,
          sentEvents,
          sentEvents === distinct && signalIds.length === distinct,
        ),
        finding('all repeats are told as such', duplicates, duplicates === 3 * distinct),
        finding(
          `${distinct} ACKs`,
          ackedEvents,
          ackedEvents === distinct && acks.size === distinct,
        ),
        none('a repeated ACK is the first one', differing),
        none(`none of ${tried} replays is taken for an ACK`, taken),
        finding('each replay is in the log', rejected, rejected === tried),
        none('the history contradicts itself nowhere', contradictions(before)),
      ],
      facts: { differing, taken, contradictions: contradictions(before) },
    }
  },
}

function managerOf(redisClient: Redis, coordinatorId: string) {
  return new BlockingCoordinationManager({ redisClient, coordinatorId, hmacSecret: SECRET })
}

/** Writes true ACKs to records that they are not of, as whoever can write to Redis could. */
async function replay(
  redis: Redis,
  waiter: BlockingCoordinationManager,
  signals: BlockingCoordinationSignals | undefined,
  acks: readonly SignalAck[],
) {
  const taken: string[] = []
  let tried = 0
  await inLanes(25, acks, async (ack) => {
    const target = ack.coordinatorId
    // Nobody lives under this name: what is pending stays so.
    const to = tried % 2 === 0 ? target : `not-${target}`
    const turn = tried++
    const sent = await signals?.sendSignal('sender', to, 'status_update', 1_000_000 + turn)
    const signalId = sent?.messageId ?? ''
    const epoch = turn % 3 === 0 ? ack.epoch + 1 : ack.epoch
    const stored = JSON.stringify({ epoch, by: target, ack })
    await redis.hset(keys.signalRecord(signalId), `a:${to}`, stored)
    const hint = { k: 'ack', db: 0, signalId, target: to, stored: JSON.parse(stored) as unknown }
    await redis.publish(keys.hint('sender'), JSON.stringify(hint))
    const found = await waiter.waitForAcks([to], signalId, 20)
    if (found.size > 0) taken.push(signalId)
    await redis.hdel(keys.signalRecord(signalId), `a:${to}`)
  })
  return { tried, taken }
}
