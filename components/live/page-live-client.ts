import { isSignedIn } from './is-signed-in'
import { LiveClient } from './live-client'

/** An unseen tab gives its connection back after this time, and takes up where it was when seen again. */
const UNSEEN_MS = 60_000
/** StrictMode and navigation unmount for an instant; the connection outlives that. */
const LINGER_MS = 1_000

let client: LiveClient | undefined
let holders = 0
let lingering: ReturnType<typeof setTimeout> | undefined
let unseen: ReturnType<typeof setTimeout> | undefined

/** The page's one client. It exists from the first use, and is connected while somebody holds it. */
export function pageLiveClient(): LiveClient {
  client ??= new LiveClient({ schedule: onNextFrame, isSignedIn })
  return client
}

/** Keeps the page connected until the returned function is called. */
export function holdConnection(): () => void {
  const live = pageLiveClient()
  holders += 1
  clearTimeout(lingering)
  if (holders === 1) document.addEventListener('visibilitychange', onVisibility)
  onVisibility()
  return () => {
    holders -= 1
    if (holders > 0) return
    document.removeEventListener('visibilitychange', onVisibility)
    clearTimeout(unseen)
    lingering = setTimeout(() => live.close(), LINGER_MS)
  }
}

function onVisibility(): void {
  clearTimeout(unseen)
  if (document.visibilityState === 'hidden') unseen = setTimeout(() => client?.close(), UNSEEN_MS)
  else if (!client?.store.getEnded()) client?.open()
}

// All frames of one repaint are one change. An unseen tab repaints nothing, and is told once it is seen.
function onNextFrame(run: () => void): void {
  if (document.visibilityState !== 'hidden') requestAnimationFrame(run)
  else document.addEventListener('visibilitychange', () => onNextFrame(run), { once: true })
}
