import type { CoordinatorView } from '../protocol/coordinator'
import type { EventOf } from '../protocol/events'
import type { Liveness } from '../protocol/liveness'
import { breakerKey } from './breaker-key'
import type { Draft } from './draft'
import { idOf } from './entity'
import { ignoreUnknown } from './ignore-unknown'
import { FAILED_SPAWNS_KEPT } from './view'

type CoordinatorEvent = EventOf<
  | 'coordinator.registered'
  | 'coordinator.reregistered'
  | 'coordinator.phase_changed'
  | 'coordinator.blocked'
  | 'coordinator.unblocked'
  | 'coordinator.stale'
  | 'coordinator.timed_out'
  | 'coordinator.recovered'
  | 'coordinator.escalated'
  | 'coordinator.started'
  | 'coordinator.failed'
  | 'coordinator.stopped'
  | 'coordinator.forgotten'
  | 'coordinator.write_refused'
>

export function reduceCoordinator(draft: Draft, event: CoordinatorEvent): void {
  const id = idOf(event.entity)
  const change = (next: (it: CoordinatorView) => CoordinatorView) =>
    draft.coordinators.change(id, event.seq, next)
  const become = (it: CoordinatorView, liveness: Liveness): CoordinatorView => ({
    ...it,
    liveness,
    livenessSince: event.at,
  })

  switch (event.type) {
    case 'coordinator.registered':
    case 'coordinator.reregistered':
      register(draft, id, event)
      return
    case 'coordinator.phase_changed': {
      const { phase, iteration, action, thresholdMs, heartbeatIntervalMs } = event.data
      if (thresholdMs !== undefined) {
        // The namespace's threshold changed: nothing that the coordinator did.
        change((it) => ({
          ...it,
          thresholdMs,
          heartbeatIntervalMs: heartbeatIntervalMs ?? it.heartbeatIntervalMs,
        }))
        return
      }
      change((it) => ({
        ...it,
        ...(phase === undefined ? {} : { phase }),
        iteration,
        lastAction: { what: action ?? phase ?? `iteration ${iteration}`, at: event.at },
      }))
      return
    }
    case 'coordinator.blocked': {
      const { wait } = event.data
      change((it) => ({
        ...it,
        waits: [...it.waits.filter((other) => other.waitId !== wait.waitId), wait].sort(
          (a, b) => a.since - b.since || (a.waitId < b.waitId ? -1 : 1),
        ),
      }))
      return
    }
    case 'coordinator.unblocked':
      change((it) => ({
        ...it,
        waits: it.waits.filter((wait) => wait.waitId !== event.data.waitId),
      }))
      return
    case 'coordinator.stale':
      change((it) => ({ ...become(it, 'stale'), lastBeat: event.data.lastBeat }))
      return
    case 'coordinator.timed_out':
      change((it) => ({ ...become(it, 'dead'), lastBeat: event.data.lastBeat }))
      return
    case 'coordinator.recovered':
      change((it) => ({ ...become(it, 'active'), lastBeat: event.at }))
      return
    case 'coordinator.escalated':
      escalate(draft, id, event)
      return
    case 'coordinator.started':
      change(({ startDeadline: _, ...it }) => ({
        ...become(it, 'active'),
        epoch: event.data.epoch,
        instance: event.data.instance,
        lastBeat: event.at,
      }))
      draft.spawns.remove(id, event.seq)
      return
    case 'coordinator.failed':
      change((it) => become(it, 'failed'))
      draft.spawns.change(id, event.seq, (it) => ({
        ...it,
        state: 'failed',
        reason: event.data.reason,
        at: event.at,
      }))
      draft.spawns.keepDone(FAILED_SPAWNS_KEPT)
      return
    case 'coordinator.stopped':
      change((it) => ({ ...become(it, 'stopped'), waits: [] }))
      draft.spawns.remove(id, event.seq)
      return
    case 'coordinator.forgotten':
      draft.coordinators.remove(id, event.seq)
      draft.spawns.remove(id, event.seq)
      for (const breaker of draft.breakers.values()) {
        if (breaker.owner === id) draft.breakers.remove(breakerKey(breaker), event.seq)
      }
      return
    case 'coordinator.write_refused':
      change((it) => ({ ...it, refusedWrites: event.data.count }))
      return
    default:
      ignoreUnknown(event)
  }
}

/** A new life under this id. What counts over all its lives is kept. */
function register(
  draft: Draft,
  id: string,
  event: EventOf<'coordinator.registered' | 'coordinator.reregistered'>,
): void {
  const { data } = event
  const before = draft.coordinators.get(id)
  // A process that adopts a replacement inherits what the escalation gave to it.
  const adopts = data.liveness === 'starting' && before?.liveness === 'starting'
  const replaces = data.replaces ?? (adopts ? before.replaces : undefined)
  draft.coordinators.put(id, {
    id,
    swarmId: data.swarmId,
    liveness: data.liveness,
    ...(data.phase === undefined ? {} : { phase: data.phase }),
    iteration: data.iteration,
    epoch: data.epoch,
    instance: data.instance,
    thresholdMs: data.thresholdMs,
    heartbeatIntervalMs: data.heartbeatIntervalMs,
    registeredAt: event.at,
    lastBeat: event.at,
    ...(before?.lastAction ? { lastAction: before.lastAction } : {}),
    waits: [],
    livenessSince: adopts ? before.livenessSince : event.at,
    ...(data.process ? { process: data.process } : {}),
    ...(data.label ? { label: data.label } : {}),
    ...(data.byHand ? { byHand: true } : {}),
    ...(replaces === undefined ? {} : { replaces }),
    ...(adopts && before.startDeadline !== undefined
      ? { startDeadline: before.startDeadline }
      : {}),
    workItems: before?.workItems ?? 0,
    refusedWrites: before?.refusedWrites ?? 0,
    seq: event.seq,
  })
}

/** The old one is fenced, and its replacement stands on the board before any process of it runs. */
function escalate(draft: Draft, id: string, event: EventOf<'coordinator.escalated'>): void {
  const { data, at, seq } = event
  draft.coordinators.change(id, seq, ({ instance: _, ...it }) => ({
    ...it,
    liveness: 'escalated',
    livenessSince: at,
    waits: [],
    replacedBy: data.newCoordinatorId,
    workItems: 0,
  }))
  // Its own request, if it was itself a replacement that never came, is settled by this.
  draft.spawns.remove(id, seq)
  draft.coordinators.put(data.newCoordinatorId, {
    id: data.newCoordinatorId,
    swarmId: data.swarmId,
    liveness: 'starting',
    ...(data.phase === undefined ? {} : { phase: data.phase }),
    iteration: data.iteration,
    epoch: data.newEpoch,
    thresholdMs: data.thresholdMs,
    heartbeatIntervalMs: data.heartbeatIntervalMs,
    registeredAt: at,
    lastBeat: at,
    waits: [],
    livenessSince: at,
    ...(data.label ? { label: data.label } : {}),
    replaces: id,
    startDeadline: data.startDeadline,
    workItems: data.movedWorkItems,
    refusedWrites: 0,
    seq,
  })
}
