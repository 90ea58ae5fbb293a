import type { ComponentProps } from 'react'
import { cx } from './cx'
import type { Tone } from './status-look'

interface PanelProps extends ComponentProps<'section'> {
  /** Edges it in a state's colour. */
  tone?: Tone
}

/** A raised field of the board. */
export function Panel({ tone, className, ...rest }: PanelProps) {
  return (
    <section
      data-tone={tone}
      className={cx(
        'rounded-xl border bg-panel',
        tone ? 'border-[color-mix(in_oklab,var(--c)_45%,transparent)]' : 'border-line',
        className,
      )}
      {...rest}
    />
  )
}
