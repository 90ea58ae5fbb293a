import { startTestRedis, type TestRedis } from '../../redis'

/** The same for all: every write to the append-only file, synced each second, and no rewrite of it meanwhile. */
export function startBenchRedis(): Promise<TestRedis> {
  return startTestRedis({
    appendOnly: true,
    appendFsync: 'everysec',
    settings: [['auto-aof-rewrite-percentage', '0']],
  })
}
