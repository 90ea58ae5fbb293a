import type { FaultContext } from './context'

/** One thing that must come out of a fault, and what came out. */
export interface Finding {
  readonly must: string
  readonly figure: string
  /** `reported`: it is told, and nothing is promised of it. */
  readonly holds: boolean | 'reported'
}

export interface Outcome {
  /** What was done in this run, with its numbers. */
  readonly done: string
  readonly findings: readonly Finding[]
  /** All that was measured, for the file. */
  readonly facts?: unknown
}

/** Something that goes wrong, done on purpose to real processes. */
export interface Fault {
  readonly name: string
  /** For the help text, one line. */
  readonly title: string
  /** How long the full size takes, for people. */
  readonly takes: string
  /** @throws Skipped where this machine lacks something that it needs */
  readonly run: (context: FaultContext) => Promise<Outcome>
}

/** A fault that cannot be tried here; the table names it and says why. */
export class Skipped extends Error {
  override readonly name = 'Skipped'
}

export function finding(must: string, figure: string | number, holds: Finding['holds']): Finding {
  return { must, figure: String(figure), holds }
}

/** Nothing of it may be found. */
export function none(must: string, found: readonly unknown[] | number): Finding {
  const count = typeof found === 'number' ? found : found.length
  return finding(must, count, count === 0)
}
