'use client'

import { DatabaseZap } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'

const PAUSE_MS = 3_000

/** Instead of the board while the server cannot reach Redis, and so cannot tell who asks. */
export function OutOfReach() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), PAUSE_MS)
    return () => clearInterval(timer)
  }, [router])
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<DatabaseZap />}
        title="Redis cannot be reached"
        action={<Button onClick={() => router.refresh()}>Try now</Button>}
      >
        The server is up and tries again by itself; so does this page, every few seconds. No
        coordinator dies of it.
      </EmptyState>
    </main>
  )
}
