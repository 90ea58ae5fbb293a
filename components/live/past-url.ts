import { pageLiveClient } from './page-live-client'
import { PAST_PARAMETER, type PastPoint, pastPointText } from './past-point'
import { pagePast } from './past-store'
import { serverNow } from './server-clock'

/** Browsers refuse an address that changes too often; a drag is one place, its end. */
const SETTLED_MS = 300

let settling: ReturnType<typeof setTimeout> | undefined

/** The current address with this moment in it, or without any. */
export function addressAt(point: PastPoint | undefined): string {
  const url = new URL(window.location.href)
  if (point === undefined) url.searchParams.delete(PAST_PARAMETER)
  else url.searchParams.set(PAST_PARAMETER, pastPointText(point))
  return `${url.pathname}${url.search}`
}

/** Shows a moment of the past; Back leads to where one was. */
export function enterPast(point: PastPoint): void {
  clearTimeout(settling)
  const fresh = pagePast().getPoint() === undefined
  pagePast().ask(point)
  if (fresh) window.history.pushState(null, '', addressAt(point))
  else window.history.replaceState(null, '', addressAt(point))
}

/** Shows this very moment, as the page knows it already: time stands still, and can be dragged. */
export function holdNow(): void {
  const { store } = pageLiveClient()
  const point = { at: serverNow() }
  enterPast(point)
  // A copy: what is still on its way to this page belongs to that moment, too, and is read.
  if (store.isLoaded())
    pagePast().show({ point: { ...point }, view: store.getView(), recent: store.getRecent() })
}

/** Goes to another moment; the address follows once that stands still. */
export function movePast(point: PastPoint): void {
  pagePast().ask(point)
  clearTimeout(settling)
  settling = setTimeout(() => {
    const now = pagePast().getPoint()
    if (now) window.history.replaceState(null, '', addressAt(now))
  }, SETTLED_MS)
}

/** Back to live. */
export function leavePast(): void {
  clearTimeout(settling)
  if (pagePast().getPoint() === undefined) return
  pagePast().ask(undefined)
  window.history.pushState(null, '', addressAt(undefined))
}
