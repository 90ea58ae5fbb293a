import { onAbort } from './on-abort'

/** A wait that is shown on the board once it lasts. */
export interface ShownWait {
  /** It has lasted for `waitedMs`, and ends after `leftMs` at the latest. */
  begin(waitedMs: number, leftMs: number): void
  /** Only after `begin`. */
  end(outcome: WaitOutcome, waitedMs: number): void
  /** Every wait, however short. */
  ended?(outcome: WaitOutcome, waitedMs: number): void
}

export type WaitOutcome = 'completed' | 'timed_out' | 'aborted'

export interface WaitOptions<R> {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly shown: ShownWait
  /** Begins; `resolve` and `reject` end the wait. Answers what to undo when it has ended. */
  start(resolve: (result: R) => void, reject: (error: unknown) => void): () => void
  /** Reads the state: now and then, since a hint may be lost, and a last time at the end. */
  look(): Promise<void>
  /** The result at the timeout. */
  atTimeout(): R
}

/** A wait longer than this is shown. */
const SHOWN_AFTER_MS = 250
/** A lost hint costs at most this. */
const LOOK_EVERY_MS = 3000
/** A Redis that hangs must not hold a wait beyond its timeout for longer than this. */
const LAST_LOOK_MS = 400
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Waits until `start` resolves it, the timeout has passed or the signal aborts. One timer serves it
 * all: showing the wait, looking now and then, and the timeout, however large.
 */
export function wait<R>(options: WaitOptions<R>): Promise<R> {
  const { timeoutMs, signal, shown } = options
  return new Promise<R>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const startedAt = performance.now()
    let lookAt = LOOK_EVERY_MS
    let isShown = false
    let ended = false
    let timer: NodeJS.Timeout | undefined
    let undo = () => {}

    const end = (outcome: WaitOutcome, how: () => void) => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      unhear?.()
      undo()
      const waitedMs = performance.now() - startedAt
      if (isShown) shown.end(outcome, waitedMs)
      shown.ended?.(outcome, waitedMs)
      how()
    }
    const timeOut = async () => {
      let cap: NodeJS.Timeout | undefined
      const capped = new Promise<void>((done) => {
        cap = setTimeout(done, LAST_LOOK_MS)
      })
      await Promise.race([options.look().catch(() => {}), capped])
      clearTimeout(cap)
      end('timed_out', () => resolve(options.atTimeout()))
    }
    const tick = () => {
      if (ended) return
      const waited = performance.now() - startedAt
      if (waited >= timeoutMs) {
        void timeOut()
        return
      }
      if (!isShown && waited >= SHOWN_AFTER_MS) {
        isShown = true
        shown.begin(waited, timeoutMs - waited)
      }
      if (waited >= lookAt) {
        lookAt = waited + LOOK_EVERY_MS
        options.look().catch(() => {})
      }
      const next = Math.min(timeoutMs, lookAt, isShown ? lookAt : SHOWN_AFTER_MS)
      // Timers fire up to a millisecond early, and overflow above their largest value.
      timer = setTimeout(tick, Math.min(Math.ceil(next - waited), LONGEST_TIMER_MS))
    }

    const unhear = signal && onAbort(signal, () => end('aborted', () => reject(signal.reason)))
    const stop = options.start(
      (result) => end('completed', () => resolve(result)),
      (error) => end('aborted', () => reject(error)),
    )
    if (ended) stop()
    else {
      undo = stop
      tick()
    }
  })
}
