import type { ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button'

interface ShownOnceProps {
  label: string
  /** What is shown now and never again. */
  secret: string
  children: ReactNode
}

/** A link or token that nobody can look up later. */
export function ShownOnce({ label, secret, children }: ShownOnceProps) {
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-2 rounded-lg border border-edge bg-bg p-2.5">
        <output aria-label={label} className="mono min-w-0 flex-1 break-all text-sm text-ink">
          {secret}
        </output>
        <CopyButton text={secret} label={`Copy the ${label.toLowerCase()}`} />
      </div>
      <div className="text-base text-mute">{children}</div>
    </div>
  )
}
