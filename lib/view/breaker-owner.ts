import type { BreakerView } from '../protocol/breaker'
import { LIVING, type Liveness } from '../protocol/liveness'
import type { View } from './view'

type Board = Pick<View, 'coordinators'>

/**
 * How the owner of a breaker ended, where it did: what it told last is no longer so, and nobody is there
 * to obey. A control room is no coordinator; it takes its own away when it goes.
 */
export function ownerEnded(board: Board, { owner }: BreakerView): Liveness | undefined {
  const liveness = board.coordinators.get(owner)?.liveness
  return liveness === undefined || LIVING.has(liveness) ? undefined : liveness
}

/** Whether it keeps calls away now: its owner is there, and it is not closed. */
export function isTripped(board: Board, breaker: BreakerView): boolean {
  return breaker.state !== 'closed' && ownerEnded(board, breaker) === undefined
}
