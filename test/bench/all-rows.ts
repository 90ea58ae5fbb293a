import type { Row } from './harness/row'
import { breaker } from './rows/breaker'
import { deaths } from './rows/deaths'
import { heartbeats } from './rows/heartbeats'
import { signalInFlight } from './rows/signal-in-flight'
import { signalOneAtATime } from './rows/signal-one-at-a-time'
import { signalToMany } from './rows/signal-to-many'

/** In the order of the table. */
export const allRows: readonly Row[] = [
  signalOneAtATime,
  signalInFlight,
  signalToMany,
  heartbeats,
  deaths,
  breaker,
]
