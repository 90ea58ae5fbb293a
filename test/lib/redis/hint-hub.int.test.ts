import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hintHubOf } from '@/lib/redis/hint-hub'
import type { RedisLike } from '@/lib/redis/redis-like'
import { type CoreRedis, itAlone, itRestarts, startCoreRedis } from '../../labs/core-redis'
import { startTcpProxy } from '../../labs/tcp-proxy'
import { until } from '../../until'

let server: CoreRedis
let redis: RedisLike

beforeAll(async () => {
  server = await startCoreRedis()
  redis = server.client()
})
afterAll(() => server.stop())

function listener() {
  const heard: string[] = []
  let looks = 0
  return {
    heard,
    looks: () => looks,
    onHint: (message: string) => void heard.push(message),
    onLook: () => {
      looks += 1
    },
  }
}

const clients = async () => {
  const lists = await server.each((it) => it.client('LIST', 'TYPE', 'PUBSUB'))
  return lists
    .flatMap((list) => String(list).split('\n'))
    .filter((line) => line.includes('name=signalbox-hints'))
}
const kill = async () => {
  const [, address = ''] = / addr=(\S+)/.exec((await clients())[0] ?? '') ?? []
  await server.each((it) => it.call('CLIENT', 'KILL', 'ADDR', address).catch(() => {}))
}

describe('the hub of a process', () => {
  itAlone('is the same for all clients of one Redis, whatever their database', () => {
    expect(hintHubOf(server.client({ db: 2, lazyConnect: true }))).toBe(hintHubOf(redis))
    expect(hintHubOf(server.client({ host: 'localhost', lazyConnect: true }))).toBe(
      hintHubOf(redis),
    )
  })

  it('has one connection while anybody listens, and none after', async () => {
    const hub = hintHubOf(redis)
    const [a, b, c] = [listener(), listener(), listener()]
    const leave = [hub.join('one', a), hub.join('one', b), hub.join('two', c)]
    await until(() => a.looks() + b.looks() + c.looks() === 3)
    expect(await clients()).toHaveLength(1)
    await redis.publish('one', 'x')
    await redis.publish('two', 'y')
    await until(() => c.heard.length === 1)
    expect([a.heard, b.heard, c.heard]).toEqual([['x'], ['x'], ['y']])

    // Who comes later looks as well, once.
    const late = listener()
    leave.push(hub.join('one', late))
    await until(() => late.looks() === 1)
    expect(a.looks()).toBe(1)

    leave[2]?.()
    await until(async () => (await server.listeners('two')) === 0)
    for (const it of leave) it()
    for (const it of leave) it()
    await until(async () => (await clients()).length === 0)
    expect(hub.hears('one')).toBe(false)
  })

  it('comes back when its connection is lost, and has all look for what they missed', async () => {
    const hub = hintHubOf(redis)
    const one = listener()
    const leave = hub.join('one', one)
    await until(() => one.looks() === 1)
    for (let lost = 1; lost <= 3; lost++) {
      await kill()
      await until(() => one.looks() === 1 + lost)
      expect(hub.hears('one')).toBe(true)
      await redis.publish('one', String(lost))
      await until(() => one.heard.length === lost)
    }
    leave()
    await until(async () => (await clients()).length === 0)
  })

  it('can be left before it is there', async () => {
    const hub = hintHubOf(redis)
    const one = listener()
    hub.join('one', one)()
    const two = listener()
    const leave = hub.join('two', two)
    await until(() => two.looks() === 1)
    expect(one.looks()).toBe(0)
    leave()
    await until(async () => (await clients()).length === 0)
  })

  itRestarts('gives a silent connection up once, however many leave meanwhile', async () => {
    const warnings: string[] = []
    const warn = (warning: Error) => void warnings.push(warning.message)
    process.on('warning', warn)
    const hub = hintHubOf(server.client({ commandTimeout: 200 }))
    const stays = listener()
    const leave = hub.join('stays', stays)
    const leaves = Array.from({ length: 20 }, (_, n) => hub.join(`leaves-${n}`, listener()))
    await until(() => stays.looks() === 1)
    server.pause()
    for (const it of leaves) it()
    await until(() => !hub.hears('stays'))
    server.resume()
    await until(() => stays.looks() === 2)
    leave()
    await until(async () => (await clients()).length === 0)
    process.off('warning', warn)
    expect(warnings).toEqual([])
  })

  itAlone('tries another connection where one goes silent before it is ready', async () => {
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: server.port ?? 0 })
    // What was under way when the router forgot the connection arrives, and its answer is lost.
    proxy.setLatency(300)
    const hub = hintHubOf(server.client({ port: proxy.port, lazyConnect: true }))
    const one = listener()
    const leave = hub.join('one', one)
    await until(() => proxy.connections === 1, 1)
    proxy.strand()
    proxy.setLatency(0)
    await until(() => one.looks() === 1)
    leave()
    await proxy.close()
  })
})
