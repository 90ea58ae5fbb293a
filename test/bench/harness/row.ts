import type { BenchContext } from './context'

/** What is measured of one contender in one round, by the name of the figure. */
export type Figures = Readonly<Record<string, number>>

/** One who takes part in a row: ours, or a peer. */
export interface Contender {
  readonly name: string
  readonly ours?: boolean
  /** Why it can't take part here, such as a server that is not installed. */
  readonly missing?: string | undefined
  /** Measures once. Called once per round, round 0 being the warm-up. */
  readonly measure: (round: number) => Promise<Figures>
  readonly close?: () => Promise<void>
}

export interface Figure {
  /** The key in `Figures`. */
  readonly key: string
  readonly title: string
  readonly unit: 'ms' | '/s' | 'ns'
}

/** What is promised: this figure of ours, as a multiple of a peer's or as it is. */
export interface Goal {
  readonly text: string
  readonly figure: string
  /** Whose figure ours is divided by; none: it is compared as it is. */
  readonly peer?: string
  /** Another figure of ours that it is divided by. */
  readonly against?: string
  /** Which of ours, where there are several. */
  readonly ours?: string
  readonly atMost?: number
  readonly atLeast?: number
  /** A stretch may be missed. */
  readonly stretch?: boolean
}

/** A row that is ready to be measured. */
export interface PreparedRow {
  readonly contenders: readonly Contender[]
  readonly close?: () => Promise<void>
}

/** One row of the table. */
export interface Row {
  readonly name: string
  readonly title: string
  /** What is done, for the reader of the table. */
  readonly note: string
  readonly figures: readonly Figure[]
  readonly goals: readonly Goal[]
  readonly prepare: (context: BenchContext) => Promise<PreparedRow>
}
