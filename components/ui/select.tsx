'use client'

import { ChevronDown } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cx } from './cx'
import type { FieldIds } from './field'
import { controlLook } from './input'

interface SelectProps<T extends string> extends Partial<FieldIds> {
  /** Where no visible label names it. */
  label?: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: string }[]
  disabled?: boolean
  className?: string
}

/**
 * One of many, out of a list that opens. The list is the browser's own: a phone has its own way to
 * choose, and the page behind an open one stays there for screen readers. Its look is in `select.css`.
 */
export function Select<T extends string>({
  label,
  value,
  onChange,
  options,
  className = 'w-full',
  ...rest
}: SelectProps<T>) {
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    // The list takes Escape for itself: it must not close the window or the pane round it as well.
    // Caught before windows do, which listen at the document.
    const keep = (event: KeyboardEvent) => {
      const inList = event.target instanceof HTMLOptionElement
      if (event.key === 'Escape' && inList && select.current?.contains(event.target))
        event.stopPropagation()
    }
    window.addEventListener('keydown', keep, true)
    return () => window.removeEventListener('keydown', keep, true)
  }, [])
  return (
    <span className={cx('relative inline-flex', className)}>
      <select
        {...rest}
        ref={select}
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = options[event.target.selectedIndex]
          if (chosen === undefined) return
          // Whoever asks where the focus was shall not hear of the option, which is about to go.
          event.target.focus()
          onChange(chosen.value)
        }}
        className={cx(controlLook, 'select h-8 w-full truncate pr-8 pl-2.5')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-2.25 right-2.5 size-3.5 text-faint"
      />
    </span>
  )
}
