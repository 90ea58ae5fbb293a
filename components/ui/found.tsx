'use client'

import { useEffect, useRef, useState } from 'react'

/** Long enough to be read out; what stayed would be wrong soon, ms. */
const SAID_MS = 3_000

interface FoundProps {
  /** How much is shown, such as `3 signals`. */
  text: string
  /** What narrows it. */
  by: string
}

/**
 * How much passes a filter. The figure goes with the board; screen readers are told when the filter
 * changes, not with every signal that comes.
 */
export function Found({ text, by }: FoundProps) {
  const [said, setSaid] = useState('')
  const latest = useRef(text)
  const before = useRef(by)
  useEffect(() => {
    latest.current = text
  })
  useEffect(() => {
    if (before.current === by) return
    before.current = by
    setSaid(latest.current)
    const timer = setTimeout(() => setSaid(''), SAID_MS)
    return () => clearTimeout(timer)
  }, [by])
  return (
    <>
      {text}
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  )
}
