import type { BulkCommand } from '../protocol/commands'
import type { CoordinatorView } from '../protocol/coordinator'
import type { Status } from '../protocol/liveness'
import type { Moment } from './moment'
import { counted } from './sentence'
import { statusOf } from './status'
import { pendingSignalsOf, waiterIdsFor } from './waiters'

/** One target of an action on many, before anybody agrees to it. */
export interface BulkRow {
  readonly id: string
  readonly status: Status
  /** Why the action leaves it out; undefined where it is hit. */
  readonly out?: string
  /** What it would do there, where there is something to say. */
  readonly effect?: string
}

export interface BulkPreview {
  readonly rows: readonly BulkRow[]
  /** Those that are hit. */
  readonly hit: readonly string[]
  /** What it comes to over all that are hit, a line each. */
  readonly totals: readonly string[]
}

const ENDED: ReadonlySet<Status> = new Set<Status>(['escalated', 'stopped', 'failed'])
const ALIVE: ReadonlySet<Status> = new Set<Status>(['active', 'blocked', 'stale', 'starting'])

/** Whom an action on many would hit, and what it would do to each and in all. */
export function bulkPreviewOf(
  moment: Moment,
  action: BulkCommand,
  ids: readonly string[],
): BulkPreview {
  const { view, knowledge } = moment
  const all = { signals: 0, workItems: 0, waiters: new Set<string>() }
  const hit: string[] = []
  const rows = ids.map((id): BulkRow => {
    const coordinator = view.coordinators.get(id)
    if (coordinator === undefined) return { id, status: 'unknown', out: 'no longer on the board' }
    const status = statusOf(coordinator, knowledge)
    const signals = pendingSignalsOf(view, id).length
    const out = leavesOut(action, coordinator, status, signals)
    if (out !== undefined) return { id, status, out }
    hit.push(id)
    const waiters = waiterIdsFor(view, id)
    const { workItems } = coordinator
    all.signals += signals
    all.workItems += workItems
    for (const waiter of waiters) all.waiters.add(waiter)
    const alive = ALIVE.has(status) && coordinator.byHand !== true
    const effect = effectOn(action, { signals, workItems, waiters: waiters.length, alive })
    return { id, status, ...(effect === '' ? {} : { effect }) }
  })
  return { rows, hit, totals: totalsOf(action, all) }
}

/** Why an action leaves a coordinator out; undefined when it hits it. */
function leavesOut(
  action: BulkCommand,
  coordinator: CoordinatorView,
  status: Status,
  signals: number,
): string | undefined {
  if (status === 'unknown') return 'nobody can tell whether it is alive'
  switch (action) {
    case 'escalate-coordinator':
      if (coordinator.replacedBy !== undefined)
        return `already replaced by ${coordinator.replacedBy}`
      if (ALIVE.has(status)) return 'alive: escalate it by itself, from its drawer'
      return status === 'stopped' ? 'left by itself' : undefined
    case 'cancel-pending-signals':
      return signals === 0 ? 'no signal is pending there' : undefined
    case 'cleanup-coordinator':
      if (status === 'dead') return 'is dead already: escalate it, or forget it'
      return ENDED.has(status) ? 'has ended already' : undefined
    case 'forget-coordinator':
      if (!ENDED.has(status) && status !== 'dead') return 'has not ended'
      return signals + coordinator.workItems === 0
        ? undefined
        : `still holds ${things(signals, coordinator.workItems)}`
  }
}

function things(signals: number, workItems: number): string {
  return [
    ...(signals > 0 ? [counted(signals, 'signal')] : []),
    ...(workItems > 0 ? [counted(workItems, 'work item')] : []),
  ].join(' and ')
}

function effectOn(
  action: BulkCommand,
  it: { signals: number; workItems: number; waiters: number; alive: boolean },
): string {
  const moved = things(it.signals, it.workItems)
  const freed = it.waiters === 0 ? '' : `frees ${counted(it.waiters, 'waiter')}`
  switch (action) {
    case 'escalate-coordinator':
      return [moved === '' ? '' : `moves ${moved}`, freed].filter(Boolean).join(', ')
    case 'cancel-pending-signals':
      return [counted(it.signals, 'signal'), freed].filter(Boolean).join(', ')
    case 'cleanup-coordinator':
      return [
        it.alive ? 'comes back if its process runs' : '',
        moved === '' ? '' : `${moved} ${it.signals + it.workItems === 1 ? 'stays' : 'stay'}`,
      ]
        .filter(Boolean)
        .join('; ')
    case 'forget-coordinator':
      return ''
  }
}

function totalsOf(
  action: BulkCommand,
  it: { signals: number; workItems: number; waiters: ReadonlySet<string> },
): string[] {
  const moved = things(it.signals, it.workItems)
  const one = it.signals + it.workItems === 1
  const waiters = counted(it.waiters.size, 'waiter')
  const freed = it.waiters.size === 1 ? 'is' : 'are'
  switch (action) {
    case 'escalate-coordinator':
      return [
        moved === ''
          ? 'Nothing waits in their hands'
          : `${moved} ${one ? 'moves' : 'move'} to the replacements`,
        it.waiters.size === 0
          ? 'Nobody waits for them'
          : `${waiters} ${freed} freed by the replacements’ ACKs`,
      ]
    case 'cancel-pending-signals':
      return [
        `${counted(it.signals, 'signal')} ${it.signals === 1 ? 'is' : 'are'} taken out of their inboxes`,
        it.waiters.size === 0
          ? 'Nobody waits for an answer'
          : `${waiters} ${it.waiters.size === 1 ? 'goes' : 'go'} on without the answer`,
      ]
    case 'cleanup-coordinator':
      return moved === ''
        ? []
        : [`${moved} ${one ? 'stays' : 'stay'} where ${one ? 'it is' : 'they are'}`]
    case 'forget-coordinator':
      return []
  }
}
