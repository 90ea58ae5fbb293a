import { afterAll, beforeAll, it } from 'vitest'
import { type CoreRedis, startCoreRedis } from '../../labs/core-redis'
import { runHistories } from './history/run-histories'

let server: CoreRedis
beforeAll(async () => {
  server = await startCoreRedis()
})
afterAll(() => server.stop())

// Takes seconds; where one fails, finding the shortest that does may take a minute.
it('whatever happens in whatever order: every promise is kept in the whole history', async () => {
  await runHistories(server, { runs: 30 })
}, 90_000)
