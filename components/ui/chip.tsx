import type { ReactNode } from 'react'
import { cx } from './cx'
import type { Tone } from './status-look'

interface ChipProps {
  tone?: Tone
  icon?: ReactNode
  title?: string
  className?: string
  children: ReactNode
}

/** A short fact on the tint of its tone. */
export function Chip({ tone = 'off', icon, title, className, children }: ChipProps) {
  return (
    <span
      data-tone={tone}
      title={title}
      className={cx(
        'tint inline-flex flex-none items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-0.5 text-2xs font-semibold text-tone-ink [&_svg]:size-3',
        className,
      )}
    >
      {icon}
      {children}
    </span>
  )
}
