import type { Spread } from './statistics'

/** One who took part in a row, with what came out. */
export interface MeasuredContender {
  readonly name: string
  readonly ours: boolean
  /** Why it was left out. */
  readonly skipped?: string
  /** By figure, one value per round. */
  readonly rounds: Readonly<Record<string, readonly number[]>>
  readonly spread: Readonly<Record<string, Spread>>
}
