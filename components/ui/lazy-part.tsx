'use client'

import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { whenLive } from '../live/when-live'
import { whenLoaded } from '../live/when-loaded'
import { Boundary } from './boundary'
import { PartFailed } from './part-failed'

interface LazyPartOptions {
  /** Comes behind the board, which the first view is about. */
  behind?: boolean
  /** While its code is on the way, in its measures. */
  loading?: () => ReactNode
  /** When its code cannot be fetched or it fails; says so and offers to try again unless given. */
  failed?: (retry: () => void) => ReactNode
}

type State<P> =
  | { state: 'loading' }
  | { state: 'there'; Part: ComponentType<P> }
  | { state: 'failed' }

/**
 * A part of the page whose code comes by itself, after the first view. Unlike `next/dynamic` it
 * fails alone when the server is gone, and can be tried again.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { behind, loading, failed = (retry) => <PartFailed onRetry={retry} /> }: LazyPartOptions = {},
): ComponentType<P> {
  let there: ComponentType<P> | undefined
  return function LazyPart(props: P) {
    const [part, setPart] = useState<State<P>>(
      there === undefined ? { state: 'loading' } : { state: 'there', Part: there },
    )
    const [tries, setTries] = useState(0)
    // biome-ignore lint/correctness/useExhaustiveDependencies: each try is a fetch of its own
    useEffect(() => {
      let gone = false
      if (there !== undefined) return
      setPart({ state: 'loading' })
      const fetched = behind ? whenLoaded().then(load) : load()
      fetched.then(
        (Part) => {
          there = Part
          if (!gone) setPart({ state: 'there', Part })
        },
        () => {
          if (!gone) setPart({ state: 'failed' })
        },
      )
      return () => {
        gone = true
      }
    }, [tries])
    const retry = () => setTries((count) => count + 1)
    const isFailed = part.state === 'failed'
    // Nobody should have to press for what the server's return alone can mend.
    useEffect(() => {
      if (isFailed) return whenLive(() => setTries((count) => count + 1))
    }, [isFailed])
    if (part.state === 'loading') return loading?.() ?? null
    if (part.state === 'failed') return failed(retry)
    const { Part } = part
    return (
      <Boundary fallback={failed}>
        <Part {...props} />
      </Boundary>
    )
  }
}
