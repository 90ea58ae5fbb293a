// A process that keeps a Redis and says so; tests kill it.
import path from 'node:path'
import { keepRedis } from '../../../server/embedded/keep-redis.mjs'

const kept = await keepRedis({
  folder: process.argv[2] ?? '',
  cacheFolder: path.resolve(import.meta.dirname, '../../../.signalbox/cache'),
})
console.log(JSON.stringify({ port: kept.port, password: kept.password }))
