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
    <span className={cx('mono inline-flex min-w-0 max-w-full items-center', className)} title={id}>
      {/* Whole characters only: else a gap the width of a fraction follows the dots. The px is for
          what rounding takes away. */}
      <span className="inline-flex min-w-0 max-w-[calc(round(down,100%+0.02ch,1ch)+1px)]">
        {cut > 0 && <span className="truncate">{id.slice(0, cut)}</span>}
        <span className="flex-none whitespace-pre">{id.slice(cut)}</span>
      </span>
    </span>
  )
}
