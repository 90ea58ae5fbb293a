'use client'

import type { ReactNode } from 'react'

interface SidePaneProps {
  label: string
  onClose: () => void
  children: ReactNode
}

/** What stands at the right of a room where there is width for it, and over it where there is none. */
export function SidePane({ label, onClose, children }: SidePaneProps) {
  return (
    <>
      {/* Only a second way out, beside the pane's own button and Escape. */}
      <div
        aria-hidden
        onClick={onClose}
        className="absolute inset-0 z-20 animate-appear bg-shade lg:hidden"
      />
      <aside
        aria-label={label}
        className="absolute inset-y-0 right-0 z-20 flex w-[min(420px,100%)] animate-sheet flex-col border-l border-line bg-panel shadow-float lg:static lg:w-[396px] lg:flex-none lg:animate-none lg:shadow-none 3xl:w-[460px]"
      >
        {children}
      </aside>
    </>
  )
}
