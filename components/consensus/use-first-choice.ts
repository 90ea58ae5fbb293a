import { useRef } from 'react'
import type { ConsensusGroup } from '@/lib/view/consensus-groups'

/**
 * The loop that is shown when nobody has chosen: the one that opened a round last when the room
 * was entered. It stays, for the page must not change under the reader with every vote.
 */
export function useFirstChoice(groups: readonly ConsensusGroup[]): string | undefined {
  const choice = useRef<string>(undefined)
  const known = choice.current !== undefined && groups.some((it) => it.id === choice.current)
  if (!known)
    choice.current = groups.reduce<ConsensusGroup | undefined>(
      (best, it) => (best === undefined || better(it, best) ? it : best),
      undefined,
    )?.id
  return choice.current
}

/** Open votes first, of those the latest; a loop without votes has least to show. */
function better(one: ConsensusGroup, other: ConsensusGroup): boolean {
  const rank = ({ latest }: ConsensusGroup) =>
    (latest.policy === 'average' ? 2 : latest.policy === 'every' ? 1 : 0) * 2 +
    (latest.outcome === undefined ? 1 : 0)
  return (
    rank(one) - rank(other) > 0 ||
    (rank(one) === rank(other) && one.latest.openedAt > other.latest.openedAt)
  )
}
