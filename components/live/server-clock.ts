import { useSyncExternalStore } from 'react'

/**
 * The server's clock as this page knows it. A browser's own clock may be wrong by hours and may
 * jump, so only its monotonic one is used, plus what the server's frames say.
 */
const WINDOW_MS = 60_000
const JUMP_MS = 2_000
const DEFAULT_TICK_MS = 1_000

// A frame is always late by its way here: of all recent offsets, the largest is nearest the truth.
let offsetMs: number | undefined
let measuredAt = 0

const monotonic = () => performance.now()

/** Takes the time that a frame carries. */
export function noteServerTime(serverTime: number): void {
  const now = monotonic()
  const sample = serverTime - now
  if (
    offsetMs === undefined ||
    sample > offsetMs ||
    offsetMs - sample > JUMP_MS ||
    now - measuredAt > WINDOW_MS
  ) {
    offsetMs = sample
    measuredAt = now
  }
}

/** Now by the server's clock, ms; by this machine's as long as no frame has come. */
export function serverNow(): number {
  return Math.round(offsetMs === undefined ? Date.now() : monotonic() + offsetMs)
}

interface Ticker {
  subscribe: (listener: () => void) => () => void
  read: () => number
}

const tickers = new Map<number, Ticker>()

// One timer for all that tick at the same pace, and none in a tab that nobody sees.
function tickerOf(tickMs: number): Ticker {
  const known = tickers.get(tickMs)
  if (known) return known
  const listeners = new Set<() => void>()
  let value = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    value = serverNow()
    for (const listener of listeners) listener()
  }
  const resume = () => {
    clearInterval(timer)
    timer = undefined
    if (document.visibilityState === 'hidden') return
    tick()
    timer = setInterval(tick, tickMs)
  }
  const ticker: Ticker = {
    subscribe(listener) {
      listeners.add(listener)
      if (listeners.size === 1) {
        value = serverNow()
        timer = setInterval(tick, tickMs)
        document.addEventListener('visibilitychange', resume)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
        document.removeEventListener('visibilitychange', resume)
      }
    },
    read() {
      // Between two subscriptions the value stands still, however old: take a fresh one then.
      if (timer === undefined && document.visibilityState !== 'hidden') value = serverNow()
      return value
    },
  }
  tickers.set(tickMs, ticker)
  return ticker
}

/**
 * Calls back once a second with the server's time, and not at all in a tab that nobody sees. For what
 * writes into the page by itself: hundreds of ages need no rendering. Answers how to stop.
 */
export function onEachSecond(listener: (now: number) => void): () => void {
  const ticker = tickerOf(DEFAULT_TICK_MS)
  return ticker.subscribe(() => listener(ticker.read()))
}

const onServer = () => 0

/**
 * Now by the server's clock, ms, and again every `tickMs`. 0 while the page is rendered by the
 * server: what shows an age must leave it open then.
 */
export function useTickingClock(tickMs: number = DEFAULT_TICK_MS): number {
  const ticker = tickerOf(tickMs)
  return useSyncExternalStore(ticker.subscribe, ticker.read, onServer)
}
