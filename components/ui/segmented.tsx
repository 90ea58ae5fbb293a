'use client'

import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode /** For icons alone. */; title?: string }[]
  className?: string
}

/** One of a few, all in view. */
export function Segmented<T extends string>({
  label,
  value,
  onChange,
  options,
  className,
}: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen one again would choose nothing.
      onValueChange={(next) => next && onChange(next as T)}
      className={cx(
        'inline-flex h-[30px] flex-none overflow-hidden rounded-lg border border-line bg-panel p-px',
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          title={option.title}
          aria-label={option.title}
          className="inline-flex items-center gap-1.5 rounded-md px-2.5 text-sm text-mute outline-offset-[-2px] transition-colors hover:text-ink data-[state=on]:bg-soft data-[state=on]:font-medium data-[state=on]:text-ink [&_svg]:size-3.5"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
