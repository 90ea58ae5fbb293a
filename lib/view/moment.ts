import type { CoordinatorView } from '../protocol/coordinator'
import type { Knowledge } from './knowledge'
import type { View } from './view'

/** Everything that a derivation may look at: the board, the beats, and what time it is. */
export interface Moment {
  readonly view: View
  /** The freshest beat known of a coordinator, ms; beats come apart from events. */
  readonly lastBeatOf: (id: string) => number | undefined
  /** The server's clock, ms. */
  readonly now: number
  readonly knowledge: Knowledge
  /**
   * When a monitor last swept, ms. Sweeps are no events, so that a view knows only of those before
   * it was read; undefined where nobody tells.
   */
  readonly lastSweepAt?: number
}

/** The freshest beat of a coordinator: the record's own where no frame brought a later one. */
export function freshestBeat(moment: Moment, coordinator: CoordinatorView): number {
  return Math.max(moment.lastBeatOf(coordinator.id) ?? 0, coordinator.lastBeat)
}

/** The last sweep of a monitor that is known of, ms. */
export function lastSweepOf({ lastSweepAt, view }: Moment): number | undefined {
  const { lastSweepAt: told } = view.monitor
  if (lastSweepAt === undefined || told === undefined) return lastSweepAt ?? told
  return Math.max(lastSweepAt, told)
}
