import type { Fault } from './harness/fault'
import { killRedis } from './rows/kill-redis'

/** In the order of the table. */
export const allFaults: readonly Fault[] = [killRedis]
