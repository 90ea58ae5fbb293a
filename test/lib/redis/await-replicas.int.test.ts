import { afterAll, beforeAll, expect, it } from 'vitest'
import { awaitReplicas } from '@/lib/redis/await-replicas'
import { isTimeoutError } from '@/lib/redis/errors'
import { startTestRedis, type TestRedis } from '@/test/redis'
import { untilReplicated } from '@/test/until-replicated'

let primary: TestRedis
let replica: TestRedis
beforeAll(async () => {
  const soon: [string, string] = ['repl-diskless-sync-delay', '0']
  primary = await startTestRedis({ settings: [soon] })
  replica = await startTestRedis({
    settings: [soon, ['replicaof', `${primary.host} ${primary.port}`]],
  })
  await untilReplicated(primary.client())
})
afterAll(async () => {
  await replica.stop()
  await primary.stop()
})

it('what is replicated is accepted', async () => {
  const redis = primary.client()
  const run = awaitReplicas(redis, async () => [await redis.set('a', '1')], 1)
  expect(await run('sendSignal', [], [])).toEqual(['OK'])
  expect(await replica.client().get('a')).toBe('1')
})

it('what was written on a link that is lost since is not, though the new link says that all is replicated', async () => {
  const redis = primary.client()
  const written = async () => {
    const answer = await redis.set('b', '1')
    redis.stream.destroy()
    return [answer]
  }
  const error = await awaitReplicas(redis, written, 1)('sendSignal', [], []).catch((it) => it)
  expect(error).toSatisfy(isTimeoutError)
  expect(redis.status).toBe('ready')
  // Asked for again, it is.
  const again = awaitReplicas(redis, async () => [await redis.set('b', '1')], 1)
  expect(await again('sendSignal', [], [])).toEqual(['OK'])
})
