import type { BreakerView } from '@/lib/protocol/breaker'
import { append } from '@/lib/view/append'
import { breakerKey } from '@/lib/view/breaker-key'

/** All that guard the same, whoever owns them. */
export interface BreakerGroup {
  readonly name: string
  readonly breakers: readonly BreakerView[]
  /** Not closed, and their owner is there. */
  readonly open: number
  /** Of owners that have ended. */
  readonly silent: number
}

interface Wanted {
  breakers: Iterable<BreakerView>
  /** Keys of those that are not closed, and whose owner is there. */
  tripped: ReadonlySet<string>
  hasEnded: (breaker: BreakerView) => boolean
  /** Keys of those that stand first, and their groups with them. */
  first: ReadonlySet<string>
  /** A part of the name or the owner, in small letters. */
  text: string
  only: 'all' | 'open'
}

/** Breakers by what they guard: by name, after those that stand first. */
export function groupBreakers(wanted: Wanted): BreakerGroup[] {
  const { tripped, hasEnded, first, text, only } = wanted
  const isTripped = (it: BreakerView) => tripped.has(breakerKey(it))
  const byName = new Map<string, BreakerView[]>()
  for (const breaker of wanted.breakers) {
    if (only === 'open' && !isTripped(breaker)) continue
    if (!`${breaker.name} ${breaker.owner}`.toLowerCase().includes(text)) continue
    append(byName, breaker.name, breaker)
  }
  const rank = (it: BreakerView | undefined) => (it && first.has(breakerKey(it)) ? 0 : 1)
  return [...byName]
    .map(([name, breakers]) => ({
      name,
      breakers: breakers.sort((a, b) => rank(a) - rank(b) || (a.owner < b.owner ? -1 : 1)),
      open: breakers.filter(isTripped).length,
      silent: breakers.filter(hasEnded).length,
    }))
    .sort((a, b) => rank(a.breakers[0]) - rank(b.breakers[0]) || (a.name < b.name ? -1 : 1))
}
