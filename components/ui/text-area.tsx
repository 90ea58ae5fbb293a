import type { ComponentProps } from 'react'
import { cx } from './cx'
import { controlLook } from './input'

interface TextAreaProps extends ComponentProps<'textarea'> {
  mono?: boolean
}

export function TextArea({ mono, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={rows}
      className={cx(
        controlLook,
        'block w-full resize-y px-2.5 py-2',
        mono && 'mono text-sm',
        className,
      )}
      {...rest}
    />
  )
}
