'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { PAST_PARAMETER, pastPointOf } from './past-point'
import { pagePast } from './past-store'
import { isKnownAddress, writeAddress } from './past-url'

/**
 * Keeps the moment that is shown and the address at one. Links to other rooms need not know of the
 * past: it goes along. The browser's own Back and Forward go by the address alone.
 */
export function PastFollower() {
  const pathname = usePathname()
  const text = useSearchParams().get(PAST_PARAMETER)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is another address
  useEffect(() => {
    const past = pagePast()
    const inAddress = pastPointOf(text)
    const asked = past.getPoint()
    if (inAddress !== undefined) {
      if (text !== null && !isKnownAddress(text)) past.ask(inAddress)
    } else if (asked !== undefined) writeAddress(asked)
  }, [pathname, text])
  useEffect(() => {
    const onBack = () =>
      pagePast().ask(pastPointOf(new URLSearchParams(window.location.search).get(PAST_PARAMETER)))
    window.addEventListener('popstate', onBack)
    return () => window.removeEventListener('popstate', onBack)
  }, [])
  return null
}
