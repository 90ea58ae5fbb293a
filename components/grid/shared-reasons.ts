import type { BulkTargetResult } from '@/lib/protocol/commands'

/** What came of several targets alike. */
export interface SharedReason {
  readonly says: string
  readonly count: number
}

/** Why it was not done, and what to do; undefined for what was done. */
export const reasonOf = ({ done, why, hint }: BulkTargetResult): string | undefined =>
  done ? undefined : [why, hint].filter(Boolean).join(' ')

/** What more than one target was told, each sentence once, the most frequent first. */
export function sharedReasons(results: Iterable<BulkTargetResult>): SharedReason[] {
  const counts = new Map<string, number>()
  for (const result of results) {
    const says = reasonOf(result)
    if (says) counts.set(says, (counts.get(says) ?? 0) + 1)
  }
  return [...counts]
    .map(([says, count]) => ({ says, count }))
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count)
}
