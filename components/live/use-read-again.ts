import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { pageLiveClient } from './page-live-client'
import { readAgain } from './read-again'

/** However much happens, one thing is read again at most this often, ms. */
const PAUSE_MS = 700

/**
 * Reads again what events make old: at the first at once, then after a pause. To break off a read for
 * each of many events would never let one end. `isAbout` must not change from render to render.
 */
export function useReadAgain(
  name: string,
  id: string,
  isAbout: (event: BoxEvent, id: string) => boolean,
): void {
  const queries = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = Number.NEGATIVE_INFINITY
    const read = () => {
      timer = undefined
      last = performance.now()
      void readAgain(queries, { queryKey: [name, id] })
    }
    const stop = pageLiveClient().store.onEvents((events) => {
      if (timer !== undefined || !events.some((it) => isAbout(it, id))) return
      const rest = last + PAUSE_MS - performance.now()
      if (rest <= 0) read()
      else timer = setTimeout(read, rest)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [name, id, isAbout, queries])
}
