import { pageLiveClient } from './page-live-client'

/** A board that does not come must not keep the rest of the page waiting. */
const LONGEST_MS = 10_000

/**
 * Resolves once the board has come, or cannot: what the first view does not need is fetched behind
 * it, not beside it.
 */
export function whenLoaded(): Promise<void> {
  const { store } = pageLiveClient()
  const isSettled = () => store.isLoaded() || store.getLink().state === 'stale'
  if (isSettled()) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, LONGEST_MS)
    const stop = store.subscribe(() => {
      if (isSettled()) done()
    })
  })
}
