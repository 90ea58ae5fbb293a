import { pageLiveClient } from './page-live-client'

/** Calls back each time the board becomes live again after it was not. Answers how to stop. */
export function whenLive(callback: () => void): () => void {
  const { store } = pageLiveClient()
  let was = store.getLink().state
  return store.subscribe(() => {
    const is = store.getLink().state
    const back = is === 'live' && was !== 'live'
    was = is
    if (back) callback()
  })
}
