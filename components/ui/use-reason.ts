'use client'

import { useEffect, useState } from 'react'
import { noteTyped, takeKept } from './kept-reason'

/**
 * The reason that somebody types in a window: empty whenever it opens, but for what was typed for the same thing
 * at the same address when the session ended.
 *
 * @param what names what is about to be done
 */
export function useReason(what: string, open = true) {
  const [reason, setReason] = useState('')
  useEffect(() => {
    if (!open) return
    const kept = takeKept(aboutOf(what))
    if (kept !== undefined) setReason(kept)
    return () => setReason('')
  }, [open, what])
  useEffect(() => {
    if (!open || reason === '') return
    noteTyped({ about: aboutOf(what), text: reason })
    return () => noteTyped(undefined)
  }, [open, what, reason])
  return [reason, setReason] as const
}

function aboutOf(what: string): string {
  return `${what} ${window.location.pathname}${window.location.search}`
}
