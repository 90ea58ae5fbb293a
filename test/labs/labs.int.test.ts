import { afterEach, describe, expect, it } from 'vitest'
import { startTestRedis } from '../redis'
import { until } from '../until'
import { startCluster } from './cluster'
import { startSentinelLab } from './sentinel'
import { startTcpProxy } from './tcp-proxy'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

describe('labs', () => {
  it('a cluster of three shares the slots, and keeps a hash tag together', async () => {
    const lab = await startCluster()
    stops.push(lab.stop)
    const client = lab.client()
    for (let index = 0; index < 30; index++) await client.set(`key-${index}`, index)
    const sizes = await Promise.all(lab.nodes.map((node) => node.client().dbsize()))
    expect(sizes.reduce((sum, size) => sum + size)).toBe(30)
    expect(Math.min(...sizes)).toBeGreaterThan(0)
    expect(await client.eval("return redis.call('GET', KEYS[1])", 1, 'key-7')).toBe('7')
  })

  it('sentinels replace a killed primary, and what was replicated is still there', async () => {
    const lab = await startSentinelLab()
    stops.push(lab.stop)
    const client = lab.client()
    await client.set('kept', 'yes')
    expect(await client.wait(1, 2000)).toBe(1)
    const old = await lab.primary()
    await old.kill9()
    const next = await lab.untilFailedOver(old)
    expect(next.port).not.toBe(old.port)
    expect(await client.get('kept')).toBe('yes')
  })

  it('a proxy delays, resets, refuses and goes silent, and works again after each', async () => {
    const redis = await startTestRedis()
    stops.push(redis.stop)
    const proxy = await startTcpProxy(redis, { random: () => 0.05 })
    stops.push(proxy.close)
    const client = redis.client({ port: proxy.port, retryStrategy: () => 10 })
    await client.set('a', '1')

    proxy.setLatency(100)
    const since = performance.now()
    await client.get('a')
    // There and back: never less than twice the delay, however slow the machine is.
    expect(performance.now() - since).toBeGreaterThan(190)
    proxy.setLatency(0)

    let resets = 0
    client.on('close', () => resets++)
    proxy.setResetShare(0.1)
    const lost = client.get('a').catch(() => 'lost')
    await until(() => resets > 0)
    proxy.setResetShare(0)
    expect(await lost).toBe('1')

    proxy.setRefusing(true)
    proxy.resetAll()
    await until(() => client.status === 'reconnecting')
    proxy.setRefusing(false)
    expect(await client.get('a')).toBe('1')

    proxy.setHalfOpen(true)
    let answered = false
    const silent = client.get('a').then((value) => {
      answered = true
      return value
    })
    await redis.client().get('a')
    expect(answered).toBe(false)
    proxy.setHalfOpen(false)
    expect(await silent).toBe('1')
  })
})
