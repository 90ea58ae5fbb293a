import { type ReactNode, useId } from 'react'
import type { Tone } from './status-look'

interface BannerProps {
  tone: Tone
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** Its title is read out at once; otherwise when the reader comes by. */
  urgent?: boolean
}

/** A line across the board about the board itself. */
export function Banner({ tone, icon, title, children, action, urgent }: BannerProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      data-tone={tone}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-[color-mix(in_oklab,var(--c)_40%,transparent)] bg-[color-mix(in_oklab,var(--c)_12%,var(--panel))] px-4 py-2 text-base"
    >
      {icon && (
        <span aria-hidden className="flex-none text-tone [&_svg]:size-4">
          {icon}
        </span>
      )}
      {/* The title alone: what counts seconds beside it would be said each second. */}
      <span id={id} role={urgent ? 'alert' : 'status'} className="font-semibold text-ink">
        {title}
      </span>
      {children && <span className="text-mute">{children}</span>}
      {action && <span className="ml-auto flex gap-2">{action}</span>}
    </section>
  )
}
