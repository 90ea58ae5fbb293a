import type { ReactNode } from 'react'

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-4.5 min-w-4.5 flex-none place-items-center rounded-sm border border-line bg-bg px-1 text-2xs font-medium text-faint">
      {children}
    </kbd>
  )
}
