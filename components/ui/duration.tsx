import { formatDuration } from '@/lib/view/format-duration'
import { cx } from './cx'

/** A length of time that stands still, down to the millisecond where it is short. */
export function Duration({ ms, className }: { ms: number; className?: string }) {
  const text =
    ms < 1_000
      ? `${Math.round(ms)} ms`
      : ms < 10_000
        ? `${(ms / 1_000).toFixed(1)} s`
        : formatDuration(ms)
  return (
    <span
      title={`${Math.round(ms).toLocaleString('en')} ms`}
      className={cx('tabular-nums', className)}
    >
      {text}
    </span>
  )
}
