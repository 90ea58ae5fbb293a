'use client'

import { CoordinatorDrawer } from '../coordinator/coordinator-drawer'
import { Queries } from '../live/queries'

interface CoordinatorPanelProps {
  coordinatorId: string
  onClose: () => void
}

/** A coordinator's drawer with what it reads by. */
export default function CoordinatorPanel(props: CoordinatorPanelProps) {
  return (
    <Queries>
      <CoordinatorDrawer {...props} />
    </Queries>
  )
}
