'use client'

import { useSearchParams } from 'next/navigation'
import { type ReactNode, useRef } from 'react'
import { cx } from './cx'
import { useMedia } from './use-media'
import { usePaneFocus } from './use-pane-focus'

interface SidePaneProps {
  label: string
  onClose: () => void
  children: ReactNode
}

/**
 * What stands at the right of a room where there is width for it, and over it where there is none.
 * A coordinator's drawer takes its place, except on a wall.
 */
export function SidePane({ label, onClose, children }: SidePaneProps) {
  const covered = useSearchParams().has('coordinator')
  const pane = useRef<HTMLElement>(null)
  const over = useMedia('(max-width: 63.99rem)')
  usePaneFocus(pane, over && !covered)
  return (
    <>
      {/* Only a second way out, beside the pane's own button and Escape. */}
      <div
        aria-hidden
        onClick={onClose}
        className={cx(
          'absolute inset-0 z-20 animate-appear bg-shade lg:hidden',
          covered && 'hidden',
        )}
      />
      <aside
        ref={pane}
        tabIndex={-1}
        aria-label={label}
        className={cx(
          'absolute inset-y-0 right-0 z-20 flex w-[min(26.25rem,100%)] animate-sheet flex-col border-l border-line bg-panel shadow-float outline-none lg:static lg:w-[24.75rem] lg:flex-none lg:animate-none lg:shadow-none ',
          covered && 'max-3xl:hidden',
        )}
      >
        {children}
      </aside>
    </>
  )
}
