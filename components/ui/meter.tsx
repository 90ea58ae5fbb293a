import { cx } from './cx'
import type { Tone } from './status-look'

interface MeterProps {
  label: string
  value: number
  max: number
  tone?: Tone
  /** Marks on the way, as parts of `max`, such as a threshold. */
  marks?: readonly number[]
  className?: string
}

/** How much of something is used up. */
export function Meter({ label, value, max, tone = 'active', marks, className }: MeterProps) {
  const part = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw their own meter, each in another way
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(max, Math.max(0, value))}
      data-tone={tone}
      className={cx('relative h-1.5 overflow-hidden rounded-full bg-soft', className)}
    >
      <div className="h-full rounded-full bg-tone" style={{ width: `${part * 100}%` }} />
      {marks?.map((mark) => (
        <div
          key={mark}
          className="absolute inset-y-0 w-px bg-ink"
          style={{ left: `${(mark / max) * 100}%` }}
        />
      ))}
    </div>
  )
}
