import { type RefObject, useEffect, useRef } from 'react'

/**
 * Lights an element up for an instant when its state changes, and only then: not when it appears,
 * not while nobody can tell (`undefined`: a link that breaks would light up the whole board), and not
 * at all for who asked for less motion.
 */
export function useGlow(ref: RefObject<HTMLElement | null>, state: string | undefined): void {
  const before = useRef(state)
  useEffect(() => {
    if (state === undefined || before.current === state) return
    const appears = before.current === undefined
    before.current = state
    if (appears) return
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
