'use client'

import { ArrowRightLeft, Ban, Eraser, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { BulkCommand } from '@/lib/protocol/commands'
import { useBulk } from '../frame/bulk-host'
import { Menu, MenuItem } from '../ui/menu'

interface BulkMenuProps {
  /** Asked when an action is picked. */
  ids: () => readonly string[]
  trigger: ReactNode
  side?: 'top' | 'bottom'
  /** Without those that stand beside it as buttons. */
  without?: readonly BulkCommand[]
  defaultOpen?: boolean
  onAllDone?: () => void
}

const ITEMS: readonly { action: BulkCommand; label: string; icon: ReactNode }[] = [
  { action: 'escalate-coordinator', label: 'Escalate…', icon: <ArrowRightLeft /> },
  { action: 'cancel-pending-signals', label: 'Cancel pending signals…', icon: <Ban /> },
  { action: 'cleanup-coordinator', label: 'Clean up…', icon: <Eraser /> },
  { action: 'forget-coordinator', label: 'Forget…', icon: <Trash2 /> },
]

/** What can be done to many at once; each asks first, and shows whom it hits. */
export function BulkMenu({
  ids,
  trigger,
  side,
  without,
  defaultOpen = false,
  onAllDone,
}: BulkMenuProps) {
  const { actOn } = useBulk()
  return (
    <Menu align="end" {...(side ? { side } : {})} defaultOpen={defaultOpen} trigger={trigger}>
      {ITEMS.filter((it) => !without?.includes(it.action)).map(({ action, label, icon }) => (
        <MenuItem
          key={action}
          icon={icon}
          danger={action === 'forget-coordinator'}
          onSelect={() => actOn({ action, ids: ids(), ...(onAllDone ? { onAllDone } : {}) })}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}
