import { cx } from './cx'

/** Stands where something will be, in its size, so that nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('animate-breathe rounded-md bg-soft', className)} />
}
