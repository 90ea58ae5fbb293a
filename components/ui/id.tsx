import { cx } from './cx'

const TAIL = 6

interface IdProps {
  id: string
  className?: string
}

/**
 * A name in the mono face. Where it does not fit it loses its middle, for the ends are what tells
 * two of them apart; by layout, so that it needs no measuring.
 */
export function Id({ id, className }: IdProps) {
  const cut = Math.max(0, id.length - TAIL)
  return (
    <span
      className={cx('mono relative inline-flex min-w-0 max-w-full items-center', className)}
      title={id}
    >
      {/* Drawn, not written: two pieces of a text side by side are read with a space between them.
          Whole characters only: else a gap the width of a fraction follows the dots. The px is for
          what rounding takes away. */}
      <span
        aria-hidden
        data-head={id.slice(0, cut)}
        data-tail={id.slice(cut)}
        className="inline-flex min-w-0 max-w-[calc(round(down,100%+0.02ch,1ch)+1px)] before:truncate before:content-[attr(data-head)] after:flex-none after:whitespace-pre after:content-[attr(data-tail)]"
      />
      {/* What is read, found and copied, over it: without a colour, so that being marked is all it shows. */}
      <span className="absolute inset-0 overflow-hidden whitespace-pre text-transparent">{id}</span>
    </span>
  )
}
