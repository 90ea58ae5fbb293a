import type { CoordinatorView } from '../protocol/coordinator'

/** A coordinator as it beats: beats are no events, so the view's own one is as old as its last event. */
export function withFreshBeat(
  coordinator: CoordinatorView,
  lastBeat: number | undefined,
): CoordinatorView {
  return lastBeat !== undefined && lastBeat > coordinator.lastBeat
    ? { ...coordinator, lastBeat }
    : coordinator
}
