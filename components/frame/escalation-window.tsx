'use client'

import { EscalateDialog } from '../coordinator/escalate-dialog'
import { Queries } from '../live/queries'

interface EscalationWindowProps {
  coordinatorId: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The window that asks before an escalation, with what it reads by. */
export default function EscalationWindow(props: EscalationWindowProps) {
  return (
    <Queries>
      <EscalateDialog {...props} />
    </Queries>
  )
}
