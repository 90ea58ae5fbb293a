import type { BreakerState } from '@/lib/protocol/breaker'
import type { Tone } from '../ui/status-look'

export const breakerTones: Record<BreakerState, Tone> = {
  closed: 'active',
  'half-open': 'stale',
  open: 'dead',
}

/** `1.2k`, `34M`: a number of calls where space is scarce. */
export const shortCount = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumFractionDigits: 1,
})
