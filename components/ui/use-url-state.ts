import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** The address as it is at once: what the last key has put there, and no page has been drawn of yet. */
export const addressNow = () => new URLSearchParams(window.location.search)

export type UrlChanges = Readonly<Record<string, string | undefined>>

/**
 * The state of a room that stands in its address, so that a link shows the same. `push` makes a
 * step that Back takes back; without it the address is only brought up to date. No server is asked.
 */
export function useUrlState(): [URLSearchParams, (changes: UrlChanges, push?: boolean) => void] {
  const parameters = useSearchParams()
  const change = useCallback((changes: UrlChanges, push = false) => {
    const url = new URL(window.location.href)
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    const next = `${url.pathname}${url.search}`
    if (next === `${window.location.pathname}${window.location.search}`) return
    if (push) window.history.pushState(null, '', next)
    else window.history.replaceState(null, '', next)
  }, [])
  return [new URLSearchParams(parameters.toString()), change]
}
