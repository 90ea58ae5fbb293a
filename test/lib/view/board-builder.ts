import type { BreakerView } from '@/lib/protocol/breaker'
import type { ConsensusView, Vote } from '@/lib/protocol/consensus'
import type { CoordinatorView, Wait } from '@/lib/protocol/coordinator'
import type { SignalTarget, SignalView } from '@/lib/protocol/signal'
import type { AttentionMark, MonitorView, SpawnView } from '@/lib/protocol/view'
import type { Knowledge } from '@/lib/view/knowledge'
import type { Moment } from '@/lib/view/moment'
import { viewFromWire } from '@/lib/view/view'

/** The time at which the boards of these tests are looked at. */
export const NOW = 1_764_000_000_000

export function coordinator(id: string, with_: Partial<CoordinatorView> = {}): CoordinatorView {
  return {
    id,
    swarmId: 'billing',
    liveness: 'active',
    iteration: 1,
    epoch: NOW - 600_000,
    thresholdMs: 120_000,
    heartbeatIntervalMs: 5_000,
    registeredAt: NOW - 600_000,
    lastBeat: NOW - 1_000,
    waits: [],
    livenessSince: NOW - 600_000,
    workItems: 0,
    refusedWrites: 0,
    seq: `${NOW - 600_000}-0`,
    ...with_,
  }
}

/** Silent for two and a half minutes, and found dead half a minute ago. */
export function dead(id: string, with_: Partial<CoordinatorView> = {}): CoordinatorView {
  return coordinator(id, {
    liveness: 'dead',
    lastBeat: NOW - 151_000,
    livenessSince: NOW - 31_000,
    ...with_,
  })
}

export function wait(on: readonly string[], with_: Partial<Wait> = {}): Wait {
  return {
    waitId: `wait-${on.join('-') || 'any'}`,
    kind: 'acks',
    on: [...on],
    since: NOW - 64_000,
    until: NOW + 240_000,
    ...with_,
  }
}

export function target(
  coordinatorId: string,
  state: SignalTarget['state'] = 'pending',
  with_: Partial<SignalTarget> = {},
): SignalTarget {
  return { coordinatorId, state, rejected: 0, ...with_ }
}

export function signal(
  signalId: string,
  targets: readonly SignalTarget[],
  with_: Partial<SignalView> = {},
): SignalView {
  return {
    signalId,
    source: 'lead',
    type: 'status_update',
    iteration: 1,
    timestamp: NOW - 64_000,
    deadline: NOW + 3_600_000,
    payloadBytes: 2,
    targets: [...targets],
    seq: `${NOW - 64_000}-0`,
    ...with_,
  }
}

export function vote(validatorId: string, confidence: number, with_: Partial<Vote> = {}): Vote {
  return {
    validatorId,
    confidence,
    issues: [],
    recommendations: [],
    at: NOW - 10_000,
    replaced: 0,
    ...with_,
  }
}

/** A round of `votes` by validator: a number is a confidence, null has not voted. */
export function round(
  loop: number,
  iteration: number,
  votes: Readonly<Record<string, number | null>>,
  with_: Partial<ConsensusView> = {},
): ConsensusView {
  const swarmId = with_.swarmId ?? 'billing'
  return {
    key: `${swarmId}:${loop}:run:${iteration}`,
    swarmId,
    loop,
    runId: 'run',
    iteration,
    threshold: loop === 3 ? 0.75 : 0.9,
    policy: loop === 3 ? 'every' : loop === 4 ? 'owner' : 'average',
    validators: Object.keys(votes),
    quorum: Math.max(1, Object.keys(votes).length),
    openedAt: NOW - 100_000 + loop * 10 + iteration * 1_000,
    deadline: NOW + 192_000,
    votes: Object.entries(votes).flatMap(([id, it]) => (it === null ? [] : [vote(id, it)])),
    seq: `${NOW - 100_000 + iteration}-0`,
    ...with_,
  }
}

export function decided(
  it: ConsensusView,
  decision: NonNullable<ConsensusView['outcome']>['decision'],
  at = NOW - 5_000,
): ConsensusView {
  return {
    ...it,
    outcome: {
      decision,
      average: null,
      min: null,
      missing: [],
      recommendations: [],
      issues: [],
      by: 'system',
      at,
    },
  }
}

export function breaker(
  owner: string,
  name: string,
  with_: Partial<BreakerView> = {},
): BreakerView {
  return {
    owner,
    name,
    state: 'closed',
    since: NOW - 30_000,
    failures: 0,
    calls: 100,
    failed: 0,
    publishedAt: NOW - 1_000,
    transitions: [],
    seq: `${NOW - 30_000}-0`,
    ...with_,
  }
}

export interface Parts {
  coordinators?: readonly CoordinatorView[]
  signals?: readonly SignalView[]
  consensus?: readonly ConsensusView[]
  breakers?: readonly BreakerView[]
  spawns?: readonly SpawnView[]
  marks?: readonly AttentionMark[]
  monitor?: MonitorView
  knowledge?: Knowledge
  beats?: Readonly<Record<string, number>>
  now?: number
}

export function moment(parts: Parts): Moment {
  return {
    view: viewFromWire({
      seq: `${NOW}-0`,
      at: NOW,
      namespace: '',
      coordinators: [...(parts.coordinators ?? [])],
      signals: [...(parts.signals ?? [])],
      consensus: [...(parts.consensus ?? [])],
      breakers: [...(parts.breakers ?? [])],
      spawns: [...(parts.spawns ?? [])],
      marks: [...(parts.marks ?? [])],
      monitor: parts.monitor ?? { lastSweepAt: NOW - 100 },
    }),
    lastBeatOf: (id) => parts.beats?.[id],
    now: parts.now ?? NOW,
    knowledge: parts.knowledge ?? { can: true },
  }
}
