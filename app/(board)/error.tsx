'use client'

import { ErrorState } from '@/components/ui/error-state'

/** One room has failed; the frame around it, the drawer and the figures go on. */
export default function RoomFailed({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <div className="mx-auto w-full max-w-[640px] p-6">
      <ErrorState title="This room has failed" onRetry={reset}>
        {error.message} The board and every other room go on; coordinators are not affected.
      </ErrorState>
    </div>
  )
}
