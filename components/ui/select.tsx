'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { controlLook } from './input'

interface SelectProps<T extends string> {
  id?: string
  /** Where no visible label names it. */
  label?: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode }[]
  disabled?: boolean
  className?: string
}

/** One of many, out of a list that opens. */
export function Select<T extends string>({
  id,
  label,
  value,
  onChange,
  options,
  disabled,
  className = 'w-full',
}: SelectProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)} disabled={disabled}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cx(
          controlLook,
          'inline-flex h-8 items-center justify-between gap-2 px-2.5 text-left',
          className,
        )}
      >
        <Radix.Value />
        <Radix.Icon>
          <ChevronDown aria-hidden className="size-3.5 text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-hidden rounded-lg border border-line bg-raise p-1 shadow-float"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex cursor-pointer select-none items-center justify-between gap-4 rounded-md px-2 py-1.5 text-base text-mute outline-none data-highlighted:bg-soft data-highlighted:text-ink data-[state=checked]:text-ink"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-3.5" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
