'use client'

import { History } from 'lucide-react'
import { runShortcut, useShortcut } from '../frame/shortcuts'
import { holdNow, leavePast } from '../live/past-url'
import { useIsPast } from '../live/use-past'
import { IconButton } from '../ui/icon-button'

/** To the past, at this very moment to begin with, and back again. */
export function PastButton() {
  const isPast = useIsPast()
  useShortcut('past', () => {
    if (isPast) leavePast()
    else holdNow()
  })
  // Registered before any room or drawer: what is open in the past is closed first.
  useShortcut('close', () => (isPast ? leavePast() : false))
  return (
    <IconButton
      label="Look at the past"
      hint="p"
      pressed={isPast}
      onClick={() => runShortcut('past')}
    >
      <History />
    </IconButton>
  )
}
