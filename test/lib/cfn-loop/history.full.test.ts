import { afterAll, beforeAll, it } from 'vitest'
import { type CoreRedis, startCoreRedis } from '../../labs/core-redis'
import { runHistories } from './history/run-histories'

let server: CoreRedis
beforeAll(async () => {
  server = await startCoreRedis()
})
afterAll(() => server.stop())

it('whatever happens, in a thousand histories: every promise is kept', async () => {
  await runHistories(server, { runs: 1000, steps: 100, giveUpMs: 840_000 })
})
