import { startTestRedis, type TestRedis } from '../../redis'
import { prefer } from './prefer'

/** The same for all: every write to the append-only file, synced each second, and no rewrite of it meanwhile. */
export async function startBenchRedis(): Promise<TestRedis> {
  const redis = await startTestRedis({
    appendOnly: true,
    appendFsync: 'everysec',
    settings: [['auto-aof-rewrite-percentage', '0']],
  })
  prefer(redis.pid)
  return redis
}
