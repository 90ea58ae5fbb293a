import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Board } from '@/lib/runtime/runtime'

/** Beats are no events: the view's last one is as old as its last event. */
export function withFreshBeat(coordinator: CoordinatorView, board: Board): CoordinatorView {
  const last = board.lastBeat(coordinator.id)
  return last !== undefined && last > coordinator.lastBeat
    ? { ...coordinator, lastBeat: last }
    : coordinator
}
