import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'

interface ErrorStateProps {
  title: ReactNode
  /** Why, and what to do. */
  children?: ReactNode
  onRetry?: () => void
}

/** Something could not be shown: what, why, and the way on. */
export function ErrorState({ title, children, onRetry }: ErrorStateProps) {
  return (
    <div
      role="alert"
      data-tone="dead"
      className="tint-faint flex items-start gap-3 rounded-xl border border-[color-mix(in_oklab,var(--c)_40%,transparent)] p-4"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 flex-none text-tone" />
      <div className="grid flex-1 gap-1">
        <p className="font-semibold text-ink">{title}</p>
        {children && <div className="text-base text-mute">{children}</div>}
        {onRetry && (
          <div className="mt-2">
            <Button onClick={onRetry}>Try again</Button>
          </div>
        )}
      </div>
    </div>
  )
}
