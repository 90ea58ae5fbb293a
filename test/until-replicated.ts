import type { Redis } from 'ioredis'
import { until } from './until'

/**
 * Waits until a replica confirms what is written. That it is online says the primary while the replica
 * still loads what it was sent.
 */
export async function untilReplicated(primary: Redis): Promise<void> {
  await until(async () => {
    await primary.set('first', '1')
    return (await primary.wait(1, 500)) >= 1
  })
}
