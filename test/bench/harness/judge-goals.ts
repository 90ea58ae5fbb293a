import type { MeasuredContender } from './measured-contender'
import type { Goal } from './row'
import { ratiosOf, type Spread, spreadOf } from './statistics'

export interface JudgedGoal {
  readonly goal: Goal
  /** Ours, or ours divided by the peer's; absent where either was not measured. */
  readonly value?: Spread
  readonly holds: boolean | 'not measured'
}

export function judgeGoals(
  goals: readonly Goal[],
  contenders: readonly MeasuredContender[],
): JudgedGoal[] {
  return goals.map((goal) => {
    const us = contenders.find((it) => (goal.ours ? it.name === goal.ours : it.ours))
    const other = goal.against ? us : contenders.find((it) => it.name === goal.peer)
    const ours = us?.rounds[goal.figure]
    const theirs = other?.rounds[goal.against ?? goal.figure]
    if (!ours || (isRatio(goal) && !theirs)) return { goal, holds: 'not measured' }
    const value = theirs ? ratiosOf(ours, theirs) : spreadOf(ours)
    const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal
    return { goal, value, holds: value.median <= atMost && value.median >= atLeast }
  })
}

/** Whether a goal is about a multiple, not about a figure as it is. */
export function isRatio(goal: Goal): boolean {
  return goal.peer !== undefined || goal.against !== undefined
}
