'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { cx } from './cx'
import { focusAgain } from './focus-again'
import { IconButton } from './icon-button'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  size?: 'md' | 'lg'
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode
  children?: ReactNode
}

const widths = { md: 'max-w-xl', lg: 'max-w-3xl' }

/** A window over the board. Escape and a press beside it close it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = 'md',
  footer,
  children,
}: DialogProps) {
  // Radix gives the focus back to a window's trigger; these have none, and are opened by keys as well.
  // Noted while rendering: once it is drawn, a field in it may have taken the focus.
  const [before, setBefore] = useState<Element | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  if (open !== wasOpen) {
    setWasOpen(open)
    // A link can lead to an open one: then the server renders it, where nothing has the focus.
    if (open) setBefore(typeof document === 'undefined' ? null : document.activeElement)
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-shade" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          // The window itself, not its first button: that would open a tooltip over it.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.target instanceof HTMLElement) event.target.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            focusAgain(before)
          }}
          className={cx(
            'fixed inset-x-3 top-[max(12px,12dvh)] z-40 mx-auto flex max-h-[min(80dvh,calc(100dvh-24px))] animate-appear flex-col rounded-2xl border border-line bg-panel shadow-float outline-none',
            widths[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="grid flex-1 gap-1">
              <Radix.Title className="text-lg font-semibold text-ink">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-base text-mute">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" size="sm" className="-mr-1.5">
                <X />
              </IconButton>
            </Radix.Close>
          </header>
          {children !== undefined && (
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          )}
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-soft px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/**
 * The buttons of a form in a window: they stay in sight while what is above them scrolls. It sticks to the edge
 * inside the padding, which it covers.
 */
export function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <div className="sticky -bottom-4 -mx-5 -mb-4 flex flex-wrap justify-end gap-2 rounded-b-2xl border-t border-soft bg-panel px-5 py-3">
      {children}
    </div>
  )
}
