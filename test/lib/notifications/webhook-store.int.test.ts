import { expect, test } from 'vitest'
import { createWebhookStore } from '@/lib/notifications/webhook-store'
import { startTcpProxy } from '@/test/labs/tcp-proxy'
import { startTestRedis } from '@/test/redis'
import { until } from '@/test/until'

test('a change is heard of again where a router forgot the connection', async () => {
  const redis = await startTestRedis()
  const proxy = await startTcpProxy(redis)
  let changes = 0
  const behind = createWebhookStore(redis.client({ port: proxy.port, lazyConnect: true }))
  const stop = behind.onChanged(() => {
    changes += 1
  })
  await until(() => changes === 1)

  proxy.strand()
  const here = createWebhookStore(redis.client())
  await here.add({ name: 'pager', url: 'https://pager.example/x', about: ['deaths'] }, 'ada')
  expect(changes).toBe(1)
  await until(() => changes > 1)

  stop()
  await proxy.close()
  await redis.stop()
})
