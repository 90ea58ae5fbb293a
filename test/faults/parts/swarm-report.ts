import type { Place } from '../harness/place'

export interface SwarmOptions {
  readonly place: Place
  /** The coordinators of this process. */
  readonly ids: readonly string[]
  /** Whom they send to, in turns. */
  readonly targets: readonly string[]
  readonly thresholdMs: number
  /** Between two things that one coordinator does. */
  readonly pauseMs: number
  /** So often one of them leaves, and begins a new life under its id; never where it is 0. */
  readonly rebornEveryMs?: number
  /** How long one waits for a signal before it waits again, ms. */
  readonly waitMs?: number
  /** What is settled goes after this, ms, and nothing is noted for a report: for runs without an end. */
  readonly keepMs?: number
}

/** Accepted: the call answered, and did not throw. */
export interface AcceptedSignal {
  readonly signalId: string
  readonly source: string
  readonly target: string
  /** The sender's own key; every try of one signal has the same. */
  readonly key: string
}
export interface AcceptedAck {
  readonly signalId: string
  readonly coordinatorId: string
  readonly mac: string
}
export interface AcceptedWork {
  readonly coordinatorId: string
  readonly workId: string
  /** It was stored, or it was completed after that. */
  readonly done: boolean
}
export interface NewLife {
  readonly coordinatorId: string
  readonly epoch: number
  readonly instance: string
  /** Redis had lost its record. */
  readonly again: boolean
}

/** What a process was told by its calls, to be compared with what Redis holds. */
export interface SwarmReport {
  readonly signals: readonly AcceptedSignal[]
  readonly acks: readonly AcceptedAck[]
  readonly work: readonly AcceptedWork[]
  readonly lives: readonly NewLife[]
  /** Calls that threw, by the error's name. */
  readonly errors: Readonly<Record<string, number>>
  /** Coordinators that were told that somebody else holds their id. */
  readonly fenced: readonly string[]
  /** By operation: the longest that a call took beyond its own time-out, ms. Below 0: within it. */
  readonly beyond: Readonly<Record<string, number>>
  readonly calls: number
}
