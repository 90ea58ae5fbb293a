import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import type { StatusFrame } from '@/lib/protocol/frames'
import { type Knowledge, knowledgeOf } from '@/lib/view/knowledge'
import type { Moment } from '@/lib/view/moment'
import { emptyView, type View } from '@/lib/view/view'
import { connectionOf, type Ended, type LinkState } from './link-state'
import { pageLiveClient } from './page-live-client'
import {
  isShownLoaded,
  shownDetail,
  shownLastBeat,
  shownRecent,
  shownStrip,
  shownView,
  subscribeShown,
} from './shown-board'
import { useIsPast } from './use-past'
import { useServerNow } from './use-server-now'

export { serverNow } from './server-clock'
export { useServerNow } from './use-server-now'

const NOTHING = emptyView('')
const CONNECTING: LinkState = { state: 'connecting' }
const NO_EVENTS: readonly BoxEvent[] = []

const subscribe = (listener: () => void) => pageLiveClient().store.subscribe(listener)
const subscribeBeats = (listener: () => void) => pageLiveClient().store.subscribeBeats(listener)

/**
 * A part of the board, and again whenever it is another one. `isEqual` says when two parts are the
 * same, by identity unless given; then the one before is answered.
 */
export function useView<T>(
  selector: (view: View) => T,
  isEqual: (one: T, other: T) => boolean = Object.is,
): T {
  const latest = useRef<{ value: T } | undefined>(undefined)
  const [read, readOnServer] = useMemo(() => {
    let of: View | undefined
    let value: T | undefined
    const pick = (view: View): T => {
      if (view === of) return value as T
      const next = selector(view)
      const before = of === undefined ? latest.current : { value: value as T }
      of = view
      value = before && isEqual(before.value, next) ? before.value : next
      return value
    }
    return [() => pick(shownView()), () => pick(NOTHING)] as const
  }, [selector, isEqual])
  const value = useSyncExternalStore(subscribeShown, read, readOnServer)
  useEffect(() => {
    latest.current = { value }
  }, [value])
  return value
}

/** Whether a board has come at all; until then, show skeletons. */
export function useIsLoaded(): boolean {
  return useSyncExternalStore(subscribeShown, isShownLoaded, () => false)
}

export function useLink(): LinkState {
  return useSyncExternalStore(
    subscribe,
    () => pageLiveClient().store.getLink(),
    () => CONNECTING,
  )
}

/** Why this page can no longer be live, if so. */
export function useEnded(): Ended | undefined {
  return useSyncExternalStore(
    subscribe,
    () => pageLiveClient().store.getEnded(),
    () => undefined,
  )
}

/** How the server is; nobody can tell how it was. */
export function useStatusFrame(): StatusFrame | undefined {
  const status = useSyncExternalStore(
    subscribe,
    () => pageLiveClient().store.getStatus(),
    () => undefined,
  )
  return useIsPast() ? undefined : status
}

/** The latest events, oldest first: at most 500, and 2,000 of the past. */
export function useRecentEvents(): readonly BoxEvent[] {
  return useSyncExternalStore(subscribeShown, shownRecent, () => NO_EVENTS)
}

/** Hears of every event once. The listener must not change from render to render. */
export function useEvents(listener: (events: readonly BoxEvent[]) => void): void {
  useEffect(() => pageLiveClient().store.onEvents(listener), [listener])
}

/** The freshest beat known of a coordinator, ms by the server's clock; unknown of the past. */
export function lastBeatOf(id: string): number | undefined {
  return shownLastBeat(id)
}

/**
 * The gaps between its last beats, oldest first, in tenths of a second; a negative one is a time in
 * which nobody looked.
 */
export function stripOf(id: string): readonly number[] {
  return shownStrip(id)
}

/** The freshest beat of one coordinator, and again with every beat of it. */
export function useLastBeat(id: string): number | undefined {
  return useSyncExternalStore(
    subscribeBeats,
    () => lastBeatOf(id),
    () => undefined,
  )
}

/** The beats of one coordinator since the page follows it, times in ms, oldest first. */
export function useDetail(id: string): readonly number[] | undefined {
  useEffect(() => pageLiveClient().watch(id), [id])
  return useSyncExternalStore(
    subscribeBeats,
    () => shownDetail(id),
    () => undefined,
  )
}

/** Whether anybody can tell who is alive right now. */
export function useKnowledge(): Knowledge {
  const live = useLink()
  const isPast = useIsPast()
  const monitor = useView(monitorOf)
  const graceUntil = monitor.graceUntil
  const now = useServerNow()
  // The hour matters only for a grace that ends; nobody is rendered anew each second for it.
  const inGrace = graceUntil !== undefined && graceUntil > now
  return useMemo(() => {
    const until = inGrace && graceUntil !== undefined ? graceUntil : 0
    // The past is known whether or not there is a link now.
    return knowledgeOf(inGrace ? monitor : {}, isPast ? {} : connectionOf(live), until - 1)
  }, [live, isPast, monitor, inGrace, graceUntil])
}

/** The board, the beats and the hour, for derivations; new each second and with each change. */
export function useMoment(): Moment {
  const view = useView(wholeView)
  const now = useServerNow()
  const knowledge = useKnowledge()
  const lastSweepAt = useStatusFrame()?.lastSweepAt
  return useMemo(
    () => ({
      view,
      lastBeatOf,
      now,
      knowledge,
      ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
    }),
    [view, now, knowledge, lastSweepAt],
  )
}

const wholeView = (view: View) => view
const monitorOf = (view: View) => view.monitor
