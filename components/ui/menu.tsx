'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { Kbd } from './kbd'

const itemLook =
  'flex cursor-pointer select-none items-center gap-2.5 rounded-md px-2 py-1.5 text-base text-mute focus-visible:-outline-offset-2 data-disabled:cursor-not-allowed data-disabled:opacity-45 data-highlighted:bg-soft data-highlighted:text-ink [&_svg]:size-4 [&_svg]:flex-none'

interface MenuProps {
  trigger: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  defaultOpen?: boolean
  children: ReactNode
}

/** A list of actions that opens from a button. */
export function Menu({
  trigger,
  align = 'start',
  side = 'bottom',
  defaultOpen,
  children,
}: MenuProps) {
  return (
    // A modal one would hide the whole page from screen readers, with all that can have the focus in it.
    <Radix.Root defaultOpen={defaultOpen} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-48 animate-appear rounded-xl border border-line bg-raise p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface MenuItemProps {
  icon?: ReactNode
  hint?: string
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, hint, danger, disabled, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      className={cx(itemLook, danger && 'text-dead-ink data-highlighted:text-dead-ink')}
    >
      {icon}
      <span className="flex-1">{children}</span>
      {hint && <Kbd hint>{hint}</Kbd>}
    </Radix.Item>
  )
}

interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; icon?: ReactNode }[]
}

/** One of a few, inside a menu. */
export function MenuChoice<T extends string>({
  label,
  value,
  onChange,
  options,
}: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup
      value={value}
      onValueChange={(next) => onChange(next as T)}
      aria-label={label}
    >
      <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-faint">{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={itemLook}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-sm text-faint">{children}</Radix.Label>
}
