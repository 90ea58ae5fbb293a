import { CloudOff } from 'lucide-react'
import { Button } from './button'

/** Stands where a part of the page should be whose code could not be fetched. */
export function PartFailed({ onRetry }: { onRetry: () => void }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-center gap-3 rounded-lg border border-dashed border-line p-4 text-sm text-mute"
    >
      <CloudOff aria-hidden className="size-4 text-faint" />
      This part could not be fetched.
      <Button onClick={onRetry}>Try again</Button>
    </div>
  )
}
