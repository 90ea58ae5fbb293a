import type { Fault } from './harness/fault'
import { badLink } from './rows/bad-link'
import { clocks } from './rows/clocks'
import { cluster } from './rows/cluster'
import { credentials } from './rows/credentials'
import { cutAof } from './rows/cut-aof'
import { deafBrowsers } from './rows/deaf-browsers'
import { failOver } from './rows/fail-over'
import { forgedAcks } from './rows/forged-acks'
import { fullRedis } from './rows/full-redis'
import { killCoordinators } from './rows/kill-coordinators'
import { killRedis } from './rows/kill-redis'
import { malformed } from './rows/malformed'
import { raceOperators } from './rows/race-operators'
import { replays } from './rows/replays'
import { soak } from './rows/soak'
import { stopCoordinators } from './rows/stop-coordinators'
import { stopRedis } from './rows/stop-redis'

/** In the order of the table. */
export const allFaults: readonly Fault[] = [
  killRedis,
  cutAof,
  stopRedis,
  badLink,
  failOver,
  cluster,
  killCoordinators,
  stopCoordinators,
  raceOperators,
  clocks,
  replays,
  fullRedis,
  deafBrowsers,
  malformed,
  forgedAcks,
  credentials,
  soak,
]
