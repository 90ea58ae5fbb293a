'use client'

import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'

interface PopoverProps {
  /** What screen readers call it. */
  label: string
  /** The one element that opens it. */
  trigger: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  defaultOpen?: boolean
  align?: 'start' | 'center' | 'end'
  className?: string
  children: ReactNode
}

/** A small window that belongs to what opened it. */
export function Popover({
  label,
  trigger,
  open,
  onOpenChange,
  defaultOpen,
  align = 'start',
  className,
  children,
}: PopoverProps) {
  return (
    <Radix.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange } : {})}
      {...(defaultOpen ? { defaultOpen } : {})}
    >
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cx(
            'z-50 animate-appear rounded-xl border border-line bg-raise p-3 text-base shadow-float outline-none',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
