import type { BoxEvent } from '@/lib/protocol/events'
import { emptyView, type View } from '@/lib/view/view'
import { pageLiveClient } from './page-live-client'
import { pagePast } from './past-store'
import { serverNow } from './server-clock'

// What the rooms show: the live board, or that of a moment of the past. The live one goes on behind
// the past, so that the way back takes no time.

const NOTHING = emptyView('')
const NO_EVENTS: readonly BoxEvent[] = []
const NO_GAPS: readonly number[] = []

const isPast = () => pagePast().getPoint() !== undefined

export function subscribeShown(listener: () => void): () => void {
  const stops = [pageLiveClient().store.subscribe(listener), pagePast().subscribe(listener)]
  return () => {
    for (const stop of stops) stop()
  }
}

export function shownView(): View {
  return isPast() ? (pagePast().getBoard()?.view ?? NOTHING) : pageLiveClient().store.getView()
}

export function isShownLoaded(): boolean {
  return isPast() ? pagePast().getBoard() !== undefined : pageLiveClient().store.isLoaded()
}

/** The latest events of the shown moment, oldest first. */
export function shownRecent(): readonly BoxEvent[] {
  return isPast()
    ? (pagePast().getBoard()?.recent ?? NO_EVENTS)
    : pageLiveClient().store.getRecent()
}

/** Beats are not in the log: of the past, nobody can tell them. */
export function shownLastBeat(id: string): number | undefined {
  return isPast() ? undefined : pageLiveClient().store.lastBeatOf(id)
}

export function shownStrip(id: string): readonly number[] {
  return isPast() ? NO_GAPS : pageLiveClient().store.stripOf(id)
}

export function shownDetail(id: string): readonly number[] | undefined {
  return isPast() ? NO_GAPS : pageLiveClient().store.getDetail(id)
}

/** The time that the board stands at, ms: now by the server's clock, or that of a moment of the past. */
export function shownNow(): number {
  return pagePast().getTime() ?? serverNow()
}
