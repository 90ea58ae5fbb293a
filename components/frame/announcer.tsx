'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { pagePast } from '../live/past-store'
import { useEvents, useLink } from '../live/use-live'
import { summarise } from './summarise-events'

/** Readers hear what changed at most this often. */
const PAUSE_MS = 8_000

/** Tells screen readers what changed, summed up; never every beat. */
export function Announcer() {
  const [text, setText] = useState('')
  const heard = useRef<BoxEvent[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const listen = useCallback((events: readonly BoxEvent[]) => {
    // What happens now is not what the page shows.
    if (pagePast().getPoint() !== undefined) return
    heard.current.push(...events)
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      const summary = summarise(heard.current)
      heard.current = []
      if (summary !== '') setText(summary)
    }, PAUSE_MS)
  }, [])
  useEvents(listen)
  useEffect(() => () => clearTimeout(timer.current), [])
  // That the board is stale, its banner says; that it is so no longer, nothing else would.
  const { state } = useLink()
  const wasStale = useRef(false)
  useEffect(() => {
    if (state === 'connecting' || wasStale.current === (state === 'stale')) return
    wasStale.current = state === 'stale'
    // Emptied first: what stands there already is not said again.
    setText(state === 'stale' ? '' : 'The board is live again.')
  }, [state])
  return (
    <div aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}
