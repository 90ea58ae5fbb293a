import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { BoxEvent } from '@/lib/protocol/events'
import type { BlastRadius, CheckedAck, CoordinatorDetail } from '@/lib/protocol/http'
import { compareSequences } from '@/lib/protocol/ids'
import { createEventLog } from '@/lib/redis/stores/event-log'
import { searchBackward } from '@/lib/redis/stores/event-search'
import { createSignalStore } from '@/lib/redis/stores/signal-store'
import { readWorkItems } from '@/lib/redis/stores/work-store'
import type { Runtime } from '@/lib/runtime/runtime'
import { eventConcerns } from '@/lib/view/event-concerns'
import { withFreshBeat } from '@/lib/view/fresh-beat'
import { pendingSignalsOf, waiterIdsFor } from '@/lib/view/waiters'
import { checkedAcksOf, keyRingOf } from './check-acks'
import { escalationsOf } from './escalations'

/** Enough for a drawer; the rest is in the log. */
const EVENTS = 200
const SCAN = 5000
const SIGNALS = 50

/** All that a coordinator's drawer shows, as of now; its ACKs are checked again. */
export async function coordinatorDetail(
  coordinator: CoordinatorView,
  runtime: Runtime,
): Promise<CoordinatorDetail> {
  const { board, redis, keys, config, log } = runtime
  const { id } = coordinator
  const view = board.view()
  const holds = (event: BoxEvent) => eventConcerns(event, id)
  const [{ events }, work] = await Promise.all([
    searchBackward(
      createEventLog(redis, keys),
      { words: [id], holds },
      { limit: EVENTS, scan: SCAN },
    ),
    readWorkItems(redis, keys, id),
  ])
  const store = createSignalStore(redis, keys, (signalId, problem) =>
    log.warn({ signalId, problem }, 'a signal cannot be read'),
  )
  const records = await store.read(signalIdsOf(id, events, runtime))
  const signals = records.map((it) => it.view).sort((a, b) => b.timestamp - a.timestamp)
  const acks = checkedAcksOf(id, records, keyRingOf(runtime), config.namespace)
  return {
    coordinator: withFreshBeat(coordinator, board.lastBeat(coordinator.id)),
    serverTime: board.serverNow(),
    signalsIn: signals
      .filter((it) => it.targets.some((to) => to.coordinatorId === id || to.heldBy === id))
      .slice(0, SIGNALS),
    signalsOut: signals.filter((it) => it.source === id).slice(0, SIGNALS),
    acks: [...acks, ...rejectedAcks(id, events, acks)].sort((a, b) => b.at - a.at),
    work,
    breakers: [...view.breakers.values()].filter((it) => it.owner === id),
    escalations: await escalationsOf(coordinator, events, runtime),
    events,
    blastRadius: blastRadius(
      coordinator,
      work.map((it) => it.workId),
      runtime,
    ),
  }
}

/** The latest that are pending, and of the others those that the log or the board named last. */
function signalIdsOf(id: string, events: readonly BoxEvent[], { board }: Runtime): string[] {
  const view = board.view()
  const pending = pendingSignalsOf(view, id).map((it) => it.signalId)
  const isPending = new Set(pending)
  const ids = new Set(pending.slice(-SIGNALS))
  // However many wait, what was answered keeps its place.
  const add = (signalId: string) => {
    if (ids.size < SIGNALS * 2 && !isPending.has(signalId)) ids.add(signalId)
  }
  for (const event of [...events].sort((a, b) => compareSequences(b.seq, a.seq)))
    if ('signalId' in event.data) add(event.data.signalId)
  for (const { signalId, source, targets } of [...view.signals.values()].reverse())
    if (source === id || targets.some((it) => it.coordinatorId === id)) add(signalId)
  return [...ids]
}

/** What an escalation would move, and whom it would free. */
export function blastRadius(
  { id, liveness }: CoordinatorView,
  workItems: string[],
  { board }: Pick<Runtime, 'board'>,
): BlastRadius {
  const view = board.view()
  return {
    signals: pendingSignalsOf(view, id).map((it) => it.signalId),
    workItems,
    waiters: waiterIdsFor(view, id),
    alive: liveness === 'active' || liveness === 'stale' || liveness === 'starting',
  }
}

/**
 * ACKs that were refused when they came. One that was found in a record, and is still there, was told of
 * with those already.
 */
function rejectedAcks(
  id: string,
  events: readonly BoxEvent[],
  stored: readonly CheckedAck[],
): CheckedAck[] {
  const told = new Set(stored.map((it) => `${it.signalId} ${it.target} ${it.verdict}`))
  return events.flatMap((event) => {
    if (event.type !== 'ack.rejected') return []
    const { signalId, coordinatorId, verdict } = event.data
    if (told.has(`${signalId} ${coordinatorId} ${verdict}`)) return []
    return [
      {
        signalId,
        target: coordinatorId,
        coordinatorId,
        direction: coordinatorId === id ? ('given' as const) : ('received' as const),
        verdict,
        at: event.at,
      },
    ]
  })
}
