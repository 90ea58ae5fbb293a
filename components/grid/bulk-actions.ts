import type { BulkCommand } from '@/lib/protocol/commands'

interface BulkLook {
  title: string
  /** What happens to each of those whom it can be done to. */
  consequence: string
  /** What was done, of how many. */
  done: string
}

/** The words of each action that can be carried out on many. */
export const bulkLooks: Record<BulkCommand, BulkLook> = {
  'escalate-coordinator': {
    title: 'Escalate',
    consequence:
      'Each gets a replacement, which inherits its pending signals and work items; what the old one still writes is refused.',
    done: 'escalated',
  },
  'cancel-pending-signals': {
    title: 'Cancel pending',
    consequence:
      'All signals that they have not answered are taken back. Whoever waits for those ACKs goes on without them.',
    done: 'cleared',
  },
  'cleanup-coordinator': {
    title: 'Clean up',
    consequence:
      'Each is marked as stopped. Pending signals and work stay where they are. Whose process still runs comes back with its next beat.',
    done: 'cleaned up',
  },
  'forget-coordinator': {
    title: 'Forget',
    consequence: 'The records of those who ended leave the board. The log keeps what happened.',
    done: 'forgotten',
  },
}
