import { useTickingClock } from './server-clock'
import { usePastTime } from './use-past'

/**
 * Now by the server's clock, ms, and again every `tickMs`; while the board shows the past, the time
 * that it stands at. 0 while the page is rendered by the server: what shows an age must leave it
 * open then.
 */
export function useServerNow(tickMs?: number): number {
  const past = usePastTime()
  const now = useTickingClock(tickMs)
  return past ?? now
}
