import { afterAll, beforeAll, test } from 'vitest'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import { namespaceKeys } from '@/lib/redis/keys'
import { startTcpProxy } from '@/test/labs/tcp-proxy'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { until } from '@/test/until'
import { startProjection } from './projection-harness'

let server: TestRedis
beforeAll(async () => {
  server = await startTestRedis()
})
afterAll(() => server.stop())

test('a board whose connections a router forgot comes back by itself', async () => {
  const proxy = await startTcpProxy(server)
  const board = await startProjection({ ...server, port: proxy.port }, namespaceKeys())
  const handler = new CoordinatorTimeoutHandler({ redisClient: server.client() })
  await handler.recordActivity('before', 0)
  await until(() => board.projection.view().coordinators.has('before'))

  proxy.strand()
  await handler.recordActivity('after', 0)
  await until(() => board.projection.view().coordinators.has('after'))
  await until(() => board.projection.status().redis.state === 'up')

  await board.close()
  await proxy.close()
})
