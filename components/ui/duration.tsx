import { spent } from '@/lib/view/format-duration'
import { cx } from './cx'

/** A length of time that stands still, down to the millisecond where it is short. */
export function Duration({ ms, className }: { ms: number; className?: string }) {
  return (
    <span
      title={`${Math.round(ms).toLocaleString('en')} ms`}
      className={cx('tabular-nums', className)}
    >
      {spent(ms)}
    </span>
  )
}
