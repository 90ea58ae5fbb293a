'use client'

import { CircleAlert } from 'lucide-react'
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
        icon={<CircleAlert />}
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
