import type { ReactNode } from 'react'
import { cx } from './cx'

interface SectionHeaderProps {
  title: ReactNode
  /** Stands at the right: a count, a link, a switch. */
  aside?: ReactNode
  level?: 1 | 2 | 3
  id?: string
  className?: string
}

/** The quiet title of a part of a room. */
export function SectionHeader({ title, aside, level = 2, id, className }: SectionHeaderProps) {
  const Tag = `h${level}` as const
  return (
    <div className={cx('flex min-h-5 items-center justify-between gap-3', className)}>
      <Tag
        id={id}
        className={cx(
          'flex-none font-semibold',
          level === 1 ? 'text-lg text-ink' : 'text-sm text-mute',
        )}
      >
        {title}
      </Tag>
      {aside !== undefined && <div className="min-w-0 text-right text-sm text-mute">{aside}</div>}
    </div>
  )
}
