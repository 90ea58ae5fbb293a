'use client'

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { cx } from './cx'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode /** For icons alone. */; title?: string }[]
  className?: string
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

/** One of a few, all in view. One stop of the tab key; the arrow keys choose. */
export function Segmented<T extends string>({
  label,
  value,
  onChange,
  options,
  className,
}: SegmentedProps<T>) {
  const group = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = options.findIndex((it) => it.value === value)
    const next = (at + step + options.length) % options.length
    const option = options[next]
    if (option === undefined) return
    onChange(option.value)
    group.current?.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus()
  }
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={label}
      onKeyDown={onKeyDown}
      className={cx(
        'inline-flex h-8 flex-none overflow-hidden rounded-lg border border-line bg-panel p-px',
        className,
      )}
    >
      {options.map((option) => {
        const on = option.value === value
        return (
          // biome-ignore lint/a11y/useSemanticElements: an input cannot hold what it shows
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={on}
            aria-label={option.title}
            data-tip={option.title}
            tabIndex={on ? 0 : -1}
            onClick={() => onChange(option.value)}
            className={cx(
              'inline-flex items-center gap-1.5 rounded-md px-2.5 text-sm -outline-offset-2 transition-colors hover:text-ink [&_svg]:size-3.5',
              on ? 'bg-soft font-medium text-ink' : 'text-mute',
            )}
          >
            {option.label}
          </button>
        )
      })}
    </div>
  )
}
