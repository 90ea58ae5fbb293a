import type { Sequence } from '../protocol/sequence'
import { compareSequences } from '../protocol/sequence'
import type { SignalView } from '../protocol/signal'
import type { MonitorView } from '../protocol/view'
import { DraftMap } from './draft-map'
import type { View } from './view'

/** Whether everybody a signal was sent to has answered, or cannot any more. */
export function isSettled(signal: SignalView): boolean {
  return signal.targets.every((target) => target.state !== 'pending')
}

/**
 * A view that is being changed. Each map is copied at its first change, once for a whole batch of
 * events, so that the view it began with stays as it was.
 */
export class Draft {
  readonly coordinators
  readonly signals
  readonly consensus
  readonly breakers
  readonly spawns
  readonly marks
  monitor: MonitorView
  seq: Sequence
  at: number

  constructor(private readonly base: View) {
    this.coordinators = new DraftMap(base.coordinators)
    this.signals = new DraftMap(base.signals, isSettled)
    this.consensus = new DraftMap(base.consensus, (round) => round.outcome !== undefined)
    this.breakers = new DraftMap(base.breakers)
    this.spawns = new DraftMap(base.spawns, (spawn) => spawn.state === 'failed')
    this.marks = new DraftMap(base.marks, () => true)
    this.monitor = base.monitor
    this.seq = base.seq
    this.at = base.at
  }

  /** What was folded in already; a reader that starts over may see it again. */
  knows(seq: Sequence): boolean {
    return compareSequences(seq, this.seq) <= 0
  }

  finish(): View {
    return {
      seq: this.seq,
      at: this.at,
      namespace: this.base.namespace,
      coordinators: this.coordinators.finish(),
      signals: this.signals.finish(),
      consensus: this.consensus.finish(),
      breakers: this.breakers.finish(),
      spawns: this.spawns.finish(),
      marks: this.marks.finish(),
      monitor: this.monitor,
    }
  }
}
