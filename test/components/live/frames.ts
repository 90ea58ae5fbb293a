import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { BoxEvent } from '@/lib/protocol/events'
import type { PatchFrame, SnapshotFrame, StatusFrame } from '@/lib/protocol/frames'

export const T0 = 1_764_000_000_000

/** The sequence of the n-th event of a test. */
export const seq = (n: number) => `${T0}-${n}`

export function coordinator(id: string, changes: Partial<CoordinatorView> = {}): CoordinatorView {
  return {
    id,
    swarmId: 'billing',
    liveness: 'active',
    iteration: 1,
    epoch: T0,
    instance: 'instance-1',
    thresholdMs: 10_000,
    heartbeatIntervalMs: 1_000,
    registeredAt: T0,
    lastBeat: T0,
    waits: [],
    livenessSince: T0,
    workItems: 0,
    refusedWrites: 0,
    seq: seq(0),
    ...changes,
  }
}

export function snapshot(at: number, coordinators: CoordinatorView[]): SnapshotFrame {
  return {
    seq: seq(at),
    serverTime: T0 + at,
    view: {
      seq: seq(at),
      at: T0 + at,
      namespace: 'test',
      coordinators,
      signals: [],
      consensus: [],
      breakers: [],
      spawns: [],
      marks: [],
      monitor: {},
    },
  }
}

export function phaseChanged(at: number, id: string, phase: string): BoxEvent {
  return {
    seq: seq(at),
    v: 1,
    type: 'coordinator.phase_changed',
    at: T0 + at,
    actor: id,
    entity: `coordinator:${id}`,
    data: { phase, iteration: 2 },
  }
}

export function forgotten(at: number, id: string): BoxEvent {
  return {
    seq: seq(at),
    v: 1,
    type: 'coordinator.forgotten',
    at: T0 + at,
    actor: 'operator:ada',
    entity: `coordinator:${id}`,
    data: {},
  }
}

export function patch(from: number, to: number, events: BoxEvent[]): PatchFrame {
  return { fromSeq: seq(from), toSeq: seq(to), serverTime: T0 + to, events }
}

export function status(redis: StatusFrame['redis']['state'], since = T0): StatusFrame {
  return {
    serverTime: T0,
    redis: { state: redis, since, ...(redis === 'down' ? { nextTryAt: since + 1_000 } : {}) },
    eventLagMs: 12,
    eventsPerSecond: 1,
    beatsPerSecond: 2,
    clients: 1,
  }
}
