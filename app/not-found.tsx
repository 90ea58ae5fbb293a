import { Compass } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export const metadata = { title: 'Not here' }

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<Compass />}
        title="There is no such room"
        action={
          <Button kind="primary" asChild>
            {/* Not a Link, which every page would then bring along for an address that is not there. */}
            <a href="/">To the board</a>
          </Button>
        }
      >
        The address may be mistyped, or belong to another version of Signalbox.
      </EmptyState>
    </main>
  )
}
