import { randomBytes } from 'node:crypto'
import { BlockingCoordinationSignals } from '@/lib/cfn-loop/blocking-coordination-signals'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { createAuditLog } from '@/lib/commands/audit-log'
import { namespaceKeys } from '@/lib/redis/keys'
import { startTestRedis, type TestRedis } from '../../redis'
import { until } from '../../until'
import { contradictions } from '../harness/check-history'
import { type ControlRoom, signIn, startControlRoom } from '../harness/control-room'
import { type Fault, finding, none } from '../harness/fault'
import { eventsOf, type History, keepWholeLog, readHistory } from '../harness/history'
import { ask } from '../harness/http-client'
import { idsOf } from '../harness/ids'

const SERVERS = 3
const reason = 'three servers, one press'

/** One action: what is pressed, and which event is its effect. */
interface Press {
  readonly method: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly effect:
    | 'coordinator.escalated'
    | 'coordinator.stopped'
    | 'coordinator.forgotten'
    | 'signal.sent'
    | 'signal.cancelled'
}

export const raceOperators: Fault = {
  name: 'race-operators',
  title: 'a hundred presses of operators, each at three servers at once',
  takes: 'half a minute',
  run: async (context) => {
    const each = context.quick ? 4 : 20
    const redis = await startTestRedis({ appendOnly: true })
    context.endLater(() => redis.stop())
    await keepWholeLog(redis.client())
    const rooms: ControlRoom[] = []
    for (let n = 0; n < SERVERS; n++) rooms.push(await startControlRoom(context, redis))
    const presses = await prepare(redis, each)
    const before = await readHistory(redis.client())
    // Each may press 120 times a minute.
    const cookies = await Promise.all(
      idsOf('operator', 5).map(async (it) => (await signIn(redis, it, 'operator')).cookie),
    )
    context.say(`${presses.length} presses at ${SERVERS} servers each`)
    const answers = await Promise.all(
      presses.map(async ({ method, path, body }, n) => {
        const requestId = randomBytes(12).toString('hex')
        const cookie = cookies[n % cookies.length] ?? ''
        const given = await Promise.all(
          rooms.map((it) => ask(it.url, method, path, cookie, { ...body, requestId })),
        )
        return { requestId, given }
      }),
    )
    const history = await readHistory(redis.client())
    const { entries: audit } = await createAuditLog(redis.client()).page({ limit: 10_000 })
    const entries = (requestId: string) => audit.filter((it) => it.requestId === requestId).length
    const wrong = answers.filter(({ given }) =>
      given.some((it) => it.status !== 200 || it.text !== given[0]?.text),
    )
    const effects = (it: Press['effect']) => countOf(history, it) - countOf(before, it)
    const kinds = [...new Set(presses.map((it) => it.effect))]
    const expected = (kind: Press['effect']) => presses.filter((it) => it.effect === kind).length
    const wrongAudit = answers.filter((it) => entries(it.requestId) !== 1)
    return {
      done: `${presses.length} actions of five operators (escalate, clean up, forget, send, cancel), each sent to ${SERVERS} server processes at the same moment`,
      findings: [
        finding(
          'one effect each',
          kinds.map((it) => `${effects(it)} × ${it}`).join(', '),
          kinds.every((it) => effects(it) === expected(it)),
        ),
        none('one audit entry each', wrongAudit),
        finding(
          'one event of the operator each',
          countOf(history, 'operator.acted'),
          countOf(history, 'operator.acted') === presses.length,
        ),
        none('all three servers give the same answer', wrong),
        none('the history contradicts itself nowhere', contradictions(history)),
      ],
      facts: {
        wrong: wrong.slice(0, 10),
        wrongAudit: wrongAudit.length,
        contradictions: contradictions(history),
      },
    }
  },
}

async function prepare(redis: TestRedis, each: number): Promise<Press[]> {
  const client = redis.client()
  const keys = namespaceKeys()
  const dying = new CoordinatorTimeoutHandler({ redisClient: client, timeoutThreshold: 50 })
  const living = new CoordinatorTimeoutHandler({ redisClient: client, timeoutThreshold: 600_000 })
  const signals = new BlockingCoordinationSignals({ redisClient: client })
  await signals.connect()
  const presses: Press[] = []
  const post = (path: string, body: Press['body'], effect: Press['effect']) =>
    presses.push({ method: 'POST', path, body, effect })
  const [dead, busy, ended] = ['dead', 'busy', 'ended'].map((it) => idsOf(it, each))
  for (const id of dead ?? []) {
    await dying.recordActivity(id, 0)
    post(`/api/v1/coordinators/${id}/escalations`, { reason }, 'coordinator.escalated')
  }
  await living.recordActivity('receiver', 0)
  for (const id of busy ?? []) {
    await living.recordActivity(id, 0)
    post(`/api/v1/coordinators/${id}/cleanup`, { reason }, 'coordinator.stopped')
  }
  for (const id of ended ?? []) {
    await living.recordActivity(id, 0)
    await living.cleanupTimeoutCoordinator(id)
    post(`/api/v1/coordinators/${id}/forget`, { reason }, 'coordinator.forgotten')
  }
  for (let n = 0; n < each; n++) {
    post(
      '/api/v1/signals',
      { targets: ['receiver'], type: 'status_update', payload: { n } },
      'signal.sent',
    )
    const { messageId } = await signals.sendSignal('sender', 'other', 'status_update', n)
    const path = `/api/v1/signals/${encodeURIComponent(messageId)}`
    presses.push({ method: 'DELETE', path, body: { reason }, effect: 'signal.cancelled' })
  }
  for (const id of dead ?? []) {
    await until(async () => (await client.hget(keys.coordinator(id), 'liveness')) === 'dead', 50)
  }
  return presses
}

const countOf = (history: History, type: Press['effect'] | 'operator.acted') =>
  eventsOf(history, type).length
