import type { ComponentProps } from 'react'
import { cx } from './cx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Said by screen readers, shown on hover. */
  label: string
  /** The key that does the same. */
  hint?: string
  size?: 'sm' | 'md'
  /** For a switch: its label then says what is on, and stays the same. */
  pressed?: boolean
}

/** A button that shows only its icon; `TooltipLayer` shows its label. */
export function IconButton({
  label,
  hint,
  size = 'md',
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      data-tip={label}
      data-tip-key={hint}
      className={cx(
        'inline-grid flex-none place-items-center rounded-md text-mute transition-colors duration-100 hover:not-disabled:bg-soft hover:not-disabled:text-ink disabled:cursor-not-allowed disabled:opacity-45 aria-pressed:bg-soft aria-pressed:text-ink data-[state=open]:bg-soft data-[state=open]:text-ink',
        size === 'sm' ? 'size-6 pointer-coarse:size-8 [&_svg]:size-3.5' : 'size-8 [&_svg]:size-4',
        className,
      )}
      {...rest}
    />
  )
}
