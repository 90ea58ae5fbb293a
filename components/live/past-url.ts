import { pageLiveClient } from './page-live-client'
import { PAST_PARAMETER, type PastPoint, pastPointText } from './past-point'
import { pagePast } from './past-store'
import { serverNow } from './server-clock'

/** Browsers refuse an address that changes too often: while the moment moves, it follows once in this time. */
const FOLLOW_MS = 1_000

let following: ReturnType<typeof setTimeout> | undefined

function stopFollowing(): void {
  clearTimeout(following)
  following = undefined
}

/** The page hears of its own addresses late, when it may have moved on: what it knows is no news to it. */
const MOST = 50
const known = new Set<string>()

/** Whether the page has heard of this one, or wrote it itself; from then on it has. */
export function isKnownAddress(text: string): boolean {
  const isKnown = known.has(text)
  note(text)
  return isKnown
}

function note(text: string): void {
  known.add(text)
  for (const it of known) if (known.size > MOST) known.delete(it)
}

/** Puts the moment into the address. */
export function writeAddress(point: PastPoint, how: 'push' | 'replace' = 'replace'): void {
  note(pastPointText(point))
  if (how === 'push') window.history.pushState(null, '', addressAt(point))
  else window.history.replaceState(null, '', addressAt(point))
}

/** The current address with this moment in it, or without any. */
function addressAt(point: PastPoint | undefined): string {
  const url = new URL(window.location.href)
  if (point === undefined) url.searchParams.delete(PAST_PARAMETER)
  else url.searchParams.set(PAST_PARAMETER, pastPointText(point))
  return `${url.pathname}${url.search}`
}

/** Shows a moment of the past; Back leads to where one was. */
export function enterPast(point: PastPoint): void {
  stopFollowing()
  const fresh = pagePast().getPoint() === undefined
  pagePast().ask(point)
  writeAddress(point, fresh ? 'push' : 'replace')
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

/** Goes to another moment, by hand or by itself; the address follows, without a step for Back. */
export function movePast(point: PastPoint): void {
  pagePast().ask(point)
  following ??= setTimeout(() => {
    following = undefined
    const now = pagePast().getPoint()
    if (now) writeAddress(now)
  }, FOLLOW_MS)
}

/** Back to live. */
export function leavePast(): void {
  stopFollowing()
  if (pagePast().getPoint() === undefined) return
  pagePast().ask(undefined)
  window.history.pushState(null, '', addressAt(undefined))
}
