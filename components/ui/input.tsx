import type { ComponentProps } from 'react'
import { cx } from './cx'

/** Shared by everything that is typed into. */
export const controlLook =
  'rounded-lg border border-rim bg-bg text-base text-ink transition-colors hover:border-faint focus-visible:border-ivory focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-dead disabled:cursor-not-allowed disabled:opacity-50'

interface InputProps extends ComponentProps<'input'> {
  mono?: boolean
}

export function Input({ mono, className, ...rest }: InputProps) {
  return (
    <input
      className={cx(controlLook, 'h-8 w-full px-2.5', mono && 'mono text-sm', className)}
      {...rest}
    />
  )
}
