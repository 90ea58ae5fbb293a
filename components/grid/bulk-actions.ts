import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'

export const BULK_ACTIONS = ['escalate', 'cleanup', 'forget'] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]

interface BulkLook {
  title: string
  /** What happens to each of those whom it can be done to. */
  consequence: string
  confirm: string
  command: 'escalate-coordinator' | 'cleanup-coordinator' | 'forget-coordinator'
  danger: boolean
}

export const bulkLooks: Record<BulkAction, BulkLook> = {
  escalate: {
    title: 'Escalate',
    consequence:
      'Each gets a replacement, which inherits its pending signals and work items; what the old one still writes is refused.',
    confirm: 'Escalate',
    command: 'escalate-coordinator',
    danger: true,
  },
  cleanup: {
    title: 'Clean up',
    consequence: 'Each is marked as stopped. Pending signals and work stay where they are.',
    confirm: 'Clean up',
    command: 'cleanup-coordinator',
    danger: true,
  },
  forget: {
    title: 'Forget',
    consequence: 'The records of those who ended leave the board. The log keeps what happened.',
    confirm: 'Forget',
    command: 'forget-coordinator',
    danger: true,
  },
}

const ENDED = new Set<Status>(['escalated', 'stopped', 'failed'])
const ALIVE = new Set<Status>(['active', 'blocked', 'stale', 'starting'])

/** Why an action leaves a coordinator out; undefined when it hits it. */
export function leavesOut(
  action: BulkAction,
  coordinator: CoordinatorView | undefined,
  status: Status,
): string | undefined {
  if (coordinator === undefined) return 'no longer on the board'
  if (status === 'unknown') return 'nobody can tell whether it is alive'
  switch (action) {
    case 'escalate':
      if (coordinator.replacedBy !== undefined)
        return `already replaced by ${coordinator.replacedBy}`
      if (ALIVE.has(status)) return 'alive: escalate it by itself, from its drawer'
      return status === 'stopped' ? 'left by itself' : undefined
    case 'cleanup':
      return ENDED.has(status) ? 'has ended already' : undefined
    case 'forget':
      return ENDED.has(status) ? undefined : 'has not ended'
  }
}
