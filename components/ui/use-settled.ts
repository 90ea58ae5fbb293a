import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 250

/**
 * A value once it has stood still for a moment: what is being typed is not asked for letter by letter.
 * What never stands still is taken after `mostMs` as it is then.
 */
export function useSettled<T>(value: T, mostMs = Number.POSITIVE_INFINITY): T {
  const [settled, setSettled] = useState(value)
  const changedAt = useRef<number>(undefined)
  useEffect(() => {
    const now = performance.now()
    changedAt.current ??= now
    const left = changedAt.current + mostMs - now
    const timer = setTimeout(
      () => {
        changedAt.current = undefined
        setSettled(value)
      },
      Math.max(0, Math.min(PAUSE_MS, left)),
    )
    return () => clearTimeout(timer)
  }, [value, mostMs])
  return settled
}
