import type { BreakerView } from '../protocol/breaker'
import type { ConsensusView } from '../protocol/consensus'
import type { CoordinatorView } from '../protocol/coordinator'
import { SEQUENCE_START, type Sequence } from '../protocol/sequence'
import type { SignalView } from '../protocol/signal'
import type { AttentionMark, MonitorView, SpawnView, WireView } from '../protocol/view'
import { breakerKey } from './breaker-key'

/** The board in memory: what a snapshot gave, and every event since folded in. Never changed in place. */
export interface View {
  /** The last event folded in. */
  readonly seq: Sequence
  /** When that event happened, Redis' time, ms. */
  readonly at: number
  readonly namespace: string
  readonly coordinators: ReadonlyMap<string, CoordinatorView>
  /** Pending ones, and the latest `SETTLED_SIGNALS_KEPT` of the settled, oldest first. */
  readonly signals: ReadonlyMap<string, SignalView>
  readonly consensus: ReadonlyMap<string, ConsensusView>
  /** By `owner:name`. */
  readonly breakers: ReadonlyMap<string, BreakerView>
  readonly spawns: ReadonlyMap<string, SpawnView>
  readonly marks: ReadonlyMap<string, AttentionMark>
  readonly monitor: MonitorView
}

export const SETTLED_SIGNALS_KEPT = 500
export const CONSENSUS_KEPT = 300
/** Requests for replacements that failed. */
export const FAILED_SPAWNS_KEPT = 1000
export const MARKS_KEPT = 1000

export function emptyView(namespace: string): View {
  return {
    seq: SEQUENCE_START,
    at: 0,
    namespace,
    coordinators: new Map(),
    signals: new Map(),
    consensus: new Map(),
    breakers: new Map(),
    spawns: new Map(),
    marks: new Map(),
    monitor: {},
  }
}

export function viewFromWire(wire: WireView): View {
  return {
    seq: wire.seq,
    at: wire.at,
    namespace: wire.namespace,
    coordinators: new Map(wire.coordinators.map((it) => [it.id, it])),
    signals: new Map(wire.signals.map((it) => [it.signalId, it])),
    consensus: new Map(wire.consensus.map((it) => [it.key, it])),
    breakers: new Map(wire.breakers.map((it) => [breakerKey(it), it])),
    spawns: new Map(wire.spawns.map((it) => [it.coordinatorId, it])),
    marks: new Map(wire.marks.map((it) => [it.entry, it])),
    monitor: wire.monitor,
  }
}

export function viewToWire(view: View): WireView {
  return {
    seq: view.seq,
    at: view.at,
    namespace: view.namespace,
    coordinators: [...view.coordinators.values()],
    signals: [...view.signals.values()],
    consensus: [...view.consensus.values()],
    breakers: [...view.breakers.values()],
    spawns: [...view.spawns.values()],
    marks: [...view.marks.values()],
    monitor: view.monitor,
  }
}
