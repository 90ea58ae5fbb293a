'use client'

import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** What nobody foresaw. The server's log has the rest, under the same digest. */
export default function Failed({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="grid min-h-dvh flex-1 place-items-center">
      <EmptyState
        icon={<Alert />}
        title="This page has failed"
        action={
          <Button kind="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        Coordinators are not affected by it.
        {error.digest && <span className="mono mt-1 block text-sm text-faint">{error.digest}</span>}
      </EmptyState>
    </main>
  )
}

/** By hand: every page brings this one along, and need not bring the icons' library with it. */
function Alert() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={2} aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d="M12 8v4m0 4h.01" strokeLinecap="round" />
    </svg>
  )
}
