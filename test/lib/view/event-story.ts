import fc from 'fast-check'
import { type BoxEvent, eventSchema } from '@/lib/protocol/events'
import type { View } from '@/lib/view/view'

/** The time at which the stories of these tests begin. */
export const START = 1_764_000_000_000

type Draft = { type: BoxEvent['type']; entity: string; data: unknown; actor?: string }

/** Makes events of a story: checked by the schema, each later than the one before. */
export function story(drafts: readonly Draft[], from = 0): BoxEvent[] {
  return drafts.map((draft, i) =>
    eventSchema.parse({
      v: 1,
      seq: `${START + (from + i) * 10}-0`,
      at: START + (from + i) * 10,
      actor: draft.actor ?? 'system',
      ...draft,
    }),
  )
}

export const registered = (id: string, more: object = {}): Draft => ({
  type: 'coordinator.registered',
  entity: `coordinator:${id}`,
  data: {
    swarmId: 'billing',
    iteration: 1,
    epoch: 7,
    instance: 'instance-1',
    thresholdMs: 10_000,
    heartbeatIntervalMs: 1000,
    liveness: 'active',
    ...more,
  },
})

export const sent = (signalId: string, source: string, targets: string[]): Draft => ({
  type: 'signal.sent',
  entity: `signal:${signalId}`,
  data: {
    signalId,
    source,
    targets,
    type: 'retry',
    iteration: 1,
    timestamp: START,
    deadline: START + 60_000,
    payloadBytes: 2,
  },
})

export const acked = (signalId: string, coordinatorId: string, target = coordinatorId): Draft => ({
  type: 'signal.acked',
  entity: `signal:${signalId}`,
  data: { signalId, coordinatorId, target, epoch: 7, keyId: 'k1', latencyMs: 3 },
})

export const escalated = (id: string, to: string): Draft => ({
  type: 'coordinator.escalated',
  entity: `coordinator:${id}`,
  data: {
    epoch: 7,
    swarmId: 'billing',
    newCoordinatorId: to,
    newEpoch: 8,
    reason: 'silent',
    forced: false,
    movedSignals: 1,
    movedWorkItems: 2,
    startDeadline: START + 90_000,
    thresholdMs: 10_000,
    heartbeatIntervalMs: 1000,
    iteration: 3,
  },
})

export const KEY = 'billing:2:run-1:1'
export const opened = (key = KEY): Draft => ({
  type: 'consensus.opened',
  entity: `consensus:${key}`,
  data: {
    key,
    swarmId: 'billing',
    loop: 2,
    runId: 'run-1',
    iteration: 1,
    threshold: 0.9,
    policy: 'average',
    validators: ['a', 'b'],
    quorum: 2,
    deadline: START + 60_000,
  },
})
export const voted = (validatorId: string, confidence: number, key = KEY): Draft => ({
  type: 'consensus.vote_cast',
  entity: `consensus:${key}`,
  data: { key, validatorId, confidence, issues: [], recommendations: [] },
})
export const decided = (key = KEY): Draft => ({
  type: 'consensus.decided',
  entity: `consensus:${key}`,
  data: {
    key,
    decision: 'proceed',
    average: 0.95,
    min: 0.9,
    missing: [],
    recommendations: [],
    issues: [],
    by: 'system',
  },
})

const coordinatorIds = ['a', 'b', 'c', 'd']
const signalIds = ['s1', 's2', 's3']
const keys = [KEY, 'billing:3:run-1:1']
const entries = ['dead:a', 'stale:b']
const id = fc.constantFrom(...coordinatorIds)
const signalId = fc.constantFrom(...signalIds)
const key = fc.constantFrom(...keys)
const small = fc.nat(5)

const coordinatorDraft = (
  type: BoxEvent['type'],
  data: fc.Arbitrary<object>,
): fc.Arbitrary<Draft> =>
  fc.tuple(id, data).map(([it, facts]) => ({ type, entity: `coordinator:${it}`, data: facts }))
const silence = fc.constant({ epoch: 7, lastBeat: START, silentMs: 5000, thresholdMs: 10_000 })
const wait = fc.record({
  waitId: fc.constantFrom('w1', 'w2'),
  kind: fc.constant('acks'),
  on: fc.constant(['b']),
  since: small.map((n) => START + n),
  until: fc.constant(START + 9000),
})
const ofSelf = (type: BoxEvent['type'], data: (self: string) => object): fc.Arbitrary<Draft> =>
  id.map((self) => ({ type, entity: `coordinator:${self}`, data: data(self) }))
const breaker = (type: BoxEvent['type']): fc.Arbitrary<Draft> =>
  fc.tuple(id, small).map(([owner, n]) => ({
    type,
    entity: `breaker:${owner}:redis`,
    data: {
      owner,
      name: 'redis',
      state: type === 'breaker.opened' ? 'open' : 'closed',
      since: START + n,
      failures: n,
      calls: n,
      failed: n,
      transitions: [{ state: 'open', at: START + n }],
    },
  }))

/** Anything that can happen to anybody, in an order that need make no sense. */
const anyDraft: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 4, arbitrary: id.map((it) => registered(it)) },
  ofSelf('coordinator.reregistered', () => registered('a').data as object),
  coordinatorDraft(
    'coordinator.phase_changed',
    fc.record({ iteration: small, phase: fc.constant('p') }),
  ),
  coordinatorDraft('coordinator.blocked', fc.record({ wait })),
  coordinatorDraft(
    'coordinator.unblocked',
    fc.record({
      waitId: fc.constantFrom('w1', 'w2'),
      outcome: fc.constant('completed'),
      waitedMs: small,
    }),
  ),
  coordinatorDraft('coordinator.stale', silence),
  coordinatorDraft(
    'coordinator.timed_out',
    silence.map((it) => ({ ...it, iteration: 1, monitorId: 'm', cleaned: true })),
  ),
  coordinatorDraft('coordinator.recovered', fc.constant({ epoch: 7, from: 'stale', silentMs: 10 })),
  fc.tuple(id, id).map(([from, to]) => escalated(from, `${to}-new`)),
  coordinatorDraft('coordinator.started', fc.constant({ epoch: 8, instance: 'instance-2' })),
  coordinatorDraft('coordinator.failed', fc.constant({ epoch: 8, reason: 'never came' })),
  coordinatorDraft('coordinator.stopped', fc.constant({ epoch: 8, reason: 'graceful' })),
  coordinatorDraft('coordinator.forgotten', fc.constant({})),
  coordinatorDraft(
    'coordinator.write_refused',
    small.map((count) => ({ operation: 'beat', epoch: 1, instance: 'x', currentEpoch: 2, count })),
  ),
  {
    weight: 3,
    arbitrary: fc.tuple(signalId, id).map(([it, source]) => sent(it, source, ['a', 'b'])),
  },
  { weight: 3, arbitrary: fc.tuple(signalId, id).map(([it, by]) => acked(it, by)) },
  fc.tuple(signalId, id).map(
    ([it, by]): Draft => ({
      type: 'signal.completed',
      entity: `signal:${it}`,
      data: { signalId: it, coordinatorId: by, target: by },
    }),
  ),
  signalId.map(
    (it): Draft => ({
      type: 'signal.redirected',
      entity: `signal:${it}`,
      data: { signalId: it, target: 'a', from: 'a', to: 'c' },
    }),
  ),
  signalId.map(
    (it): Draft => ({
      type: 'signal.expired',
      entity: `signal:${it}`,
      data: { signalId: it, targets: ['a'] },
    }),
  ),
  signalId.map(
    (it): Draft => ({
      type: 'signal.cancelled',
      entity: `signal:${it}`,
      data: { signalId: it, targets: ['b'] },
    }),
  ),
  fc.constant<Draft>({
    type: 'signal.refused',
    entity: 'coordinator:a',
    data: { source: 'a', type: 'retry', reason: 'inbox_full' },
  }),
  fc.tuple(signalId, id).map(
    ([it, by]): Draft => ({
      type: 'ack.rejected',
      entity: `signal:${it}`,
      data: { signalId: it, coordinatorId: by, verdict: 'forged', by: 'x' },
    }),
  ),
  ofSelf('work.stored', (self) => ({ coordinatorId: self, workId: 'w', items: 2 })),
  ofSelf('work.completed', (self) => ({ coordinatorId: self, workId: 'w', items: 1 })),
  ofSelf('work.transferred', (self) => ({
    from: self,
    to: `${self}-new`,
    workIds: ['w'],
    items: 1,
  })),
  ofSelf('spawn.requested', (self) => ({
    coordinatorId: self,
    replaces: 'z',
    swarmId: 'billing',
    deadline: START + 1,
  })),
  ofSelf('spawn.claimed', (self) => ({ coordinatorId: self, spawnerId: 'sp' })),
  ofSelf('spawn.running', (self) => ({
    coordinatorId: self,
    spawnerId: 'sp',
    process: { pid: 7 },
  })),
  ofSelf('spawn.failed', (self) => ({ coordinatorId: self, reason: 'no' })),
  key.map(opened),
  fc.tuple(id, small, key).map(([by, n, of]) => voted(by, n / 5, of)),
  fc.tuple(id, key).map(
    ([by, of]): Draft => ({
      ...voted(by, 0.5, of),
      type: 'consensus.vote_replaced',
      data: { ...(voted(by, 0.5, of).data as object), previous: 0.4 },
    }),
  ),
  key.map(decided),
  key.map((of): Draft => ({ ...decided(of), type: 'consensus.expired' })),
  breaker('breaker.opened'),
  breaker('breaker.half_opened'),
  breaker('breaker.closed'),
  id.map(
    (owner): Draft => ({
      type: 'breaker.forced',
      entity: `breaker:${owner}:redis`,
      actor: 'operator:kim',
      data: { owner, name: 'redis', state: 'open', reason: 'test' },
    }),
  ),
  id.map(
    (owner): Draft => ({
      type: 'breaker.retired',
      entity: `breaker:${owner}:redis`,
      data: { owner, name: 'redis' },
    }),
  ),
  fc.constantFrom<Draft>(
    {
      type: 'monitor.grace_started',
      entity: 'monitor',
      data: { monitorId: 'm', until: START + 5, cause: 'gap', gapMs: 4 },
    },
    { type: 'monitor.grace_ended', entity: 'monitor', data: { monitorId: 'm' } },
    { type: 'operator.signed_in', entity: 'operator:kim', data: { operator: 'kim' } },
    {
      type: 'operator.refused',
      entity: 'operator:kim',
      data: { operator: 'kim', action: 'x', targets: [], rule: 'role' },
    },
  ),
  fc
    .tuple(
      fc.constantFrom('acknowledge-attention', 'snooze-attention', '__proto__'),
      fc.constantFrom(...entries),
    )
    .map(
      ([action, entry]): Draft => ({
        type: 'operator.acted',
        entity: 'operator:kim',
        data: { operator: 'kim', action, targets: [entry], until: START + 9 },
      }),
    ),
)

export const anyStory: fc.Arbitrary<BoxEvent[]> = fc
  .array(anyDraft, { maxLength: 60, minLength: 1, size: 'max' })
  .map((drafts) => story(drafts))

/** A view as plain data whose order says nothing. */
export function plain(view: View): unknown {
  const sorted = <V>(map: ReadonlyMap<string, V>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    ...view,
    coordinators: sorted(view.coordinators),
    signals: sorted(view.signals),
    consensus: sorted(view.consensus),
    breakers: sorted(view.breakers),
    spawns: sorted(view.spawns),
    marks: sorted(view.marks),
  }
}
