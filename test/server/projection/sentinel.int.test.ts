import { afterAll, beforeAll, expect, test } from 'vitest'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { namespaceKeys } from '@/lib/redis/keys'
import { type SentinelLab, startSentinelLab } from '@/test/labs/sentinel'
import { until } from '@/test/until'
import { startProjection } from './projection-harness'

let lab: SentinelLab
beforeAll(async () => {
  lab = await startSentinelLab()
}, 60_000)
afterAll(() => lab.stop())

test('a board behind Sentinels follows the primary: one that hangs, and one that is relieved', async () => {
  const { sentinels: hosts, name } = lab
  const board = await startProjection(
    { sentinels: { hosts, name, password: undefined } },
    namespaceKeys(),
  )
  const handler = new CoordinatorTimeoutHandler({ redisClient: lab.client() })
  const shows = async (id: string) => {
    // What a failing primary accepted may be lost with it: said again, until the board has heard.
    await until(async () => {
      await handler.recordActivity(id, 0).catch(() => {})
      return board.projection.view().coordinators.has(id)
    }, 200)
    await until(() => board.projection.status().redis.state === 'up')
  }
  await shows('before')

  const first = await lab.primary()
  first.pause()
  const second = await lab.untilFailedOver(first)
  await shows('hung')
  first.resume()
  await lab.untilReplicated()
  await shows('resumed')

  // Planned: both live, and the one that was the primary refuses writes from now on.
  const { host, port } = hosts[0] ?? { host: '', port: 0 }
  const sentinel = second.client({ host, port })
  await until(
    async () => (await sentinel.call('SENTINEL', 'FAILOVER', name).catch(() => '')) === 'OK',
    500,
  )
  expect(await lab.untilFailedOver(second)).toBe(first)
  await shows('relieved')
  expect([...board.projection.view().coordinators.keys()].sort()).toEqual([
    'before',
    'hung',
    'relieved',
    'resumed',
  ])

  await board.close()
}, 60_000)
