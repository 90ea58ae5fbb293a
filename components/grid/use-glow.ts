import { type RefObject, useEffect, useRef } from 'react'

/**
 * Lights an element up for an instant when its state changes, and only then: not when it appears,
 * and not at all for who asked for less motion.
 */
export function useGlow(ref: RefObject<HTMLElement | null>, state: string): void {
  const before = useRef(state)
  useEffect(() => {
    if (before.current === state) return
    before.current = state
    const element = ref.current
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const light = 'color-mix(in oklab, var(--c) 65%, transparent)'
    const animation = element.animate(
      [
        { boxShadow: `0 0 0 2px ${light}, 0 0 18px 2px ${light}` },
        { boxShadow: '0 0 0 0 transparent, 0 0 0 0 transparent' },
      ],
      { duration: 1_100, easing: 'ease-out' },
    )
    return () => animation.cancel()
  }, [ref, state])
}
