import type { ReactNode } from 'react'
import { cx } from './cx'

interface KbdProps {
  /** Says a shorter way to what stands there anyway: left out where fingers point, and there is no such key. */
  hint?: boolean
  children: ReactNode
}

/** A key of the keyboard. */
export function Kbd({ hint, children }: KbdProps) {
  return (
    <kbd
      className={cx(
        'inline-grid h-4.5 min-w-4.5 flex-none place-items-center rounded-sm border border-line bg-bg px-1 text-2xs font-medium text-faint',
        hint && 'pointer-coarse:hidden',
      )}
    >
      {children}
    </kbd>
  )
}
