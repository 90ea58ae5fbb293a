'use client'

import { type ComponentType, useRef, useState } from 'react'

/** What stands for a control before it is used, and what the control's own trigger looks like. */
export interface ReachProps {
  /** Somebody comes near: fetch it. */
  onPointerEnter: () => void
  onFocus: () => void
  /** Somebody pressed: fetch it and open it. */
  onClick: () => void
}

/**
 * A control whose code comes only when somebody reaches for it. `Closed` is its button; `load`
 * gives the real one, which appears opened in its place.
 */
export function onDemand<P extends object>(
  Closed: ComponentType<P & ReachProps>,
  load: () => Promise<ComponentType<P & { defaultOpen: boolean }>>,
): ComponentType<P> {
  return function OnDemand(props: P) {
    const [Real, setReal] = useState<ComponentType<P & { defaultOpen: boolean }>>()
    const fetched = useRef<Promise<Awaited<ReturnType<typeof load>> | undefined>>(undefined)
    const fetch = () => {
      fetched.current ??= load().catch(() => {
        // Out of reach: the next press tries again.
        fetched.current = undefined
        return undefined
      })
      return fetched.current
    }
    if (Real) return <Real {...props} defaultOpen />
    return (
      <Closed
        {...props}
        onPointerEnter={() => void fetch()}
        onFocus={() => void fetch()}
        onClick={() => void fetch().then((it) => it && setReal(() => it))}
      />
    )
  }
}
