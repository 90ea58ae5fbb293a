import type { Fault } from './harness/fault'
import { badLink } from './rows/bad-link'
import { cutAof } from './rows/cut-aof'
import { failOver } from './rows/fail-over'
import { killCoordinators } from './rows/kill-coordinators'
import { killRedis } from './rows/kill-redis'
import { stopCoordinators } from './rows/stop-coordinators'
import { stopRedis } from './rows/stop-redis'

/** In the order of the table. */
export const allFaults: readonly Fault[] = [
  killRedis,
  cutAof,
  stopRedis,
  badLink,
  failOver,
  killCoordinators,
  stopCoordinators,
]
