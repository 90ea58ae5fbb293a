import { once } from 'node:events'

/** Asks `npm run example`, which runs Redis, to really stop or start it; resolves when it has. */
export async function switchRedis(to: 'stop' | 'start'): Promise<void> {
  if (!process.send) throw new Error('Redis is stopped and started by `npm run example -- 4`')
  const done = once(process, 'message')
  process.send({ redis: to })
  await done
}
