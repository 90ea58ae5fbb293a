import type { HintHub } from './hint-hub'

export interface RoundWait<R> {
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly hub: HintHub
  readonly channel: string
  /** The result, or how long until the round ends by itself, ms. */
  look(): Promise<{ result: R } | { endsInMs: number }>
  /** Errors that no waiting mends. Others may pass: Redis may come back. */
  isHopeless(error: unknown): boolean
}

/** A lost hint costs at most this, ms. */
const SAFETY_MS = 5000
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Looks when it is told to, when the round is due, and now and then; ends with all it began. */
export function waitForRound<R>(wait: RoundWait<R>): Promise<R | null> {
  const { signal, hub, channel, timeoutMs } = wait
  return new Promise<R | null>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const endsAt = performance.now() + timeoutMs
    let done = false
    let looking = false
    let again = false
    let lastError: unknown
    let timer: NodeJS.Timeout | undefined

    const settle = (how: () => void) => {
      if (done) return
      done = true
      clearTimeout(timer)
      leave?.()
      signal?.removeEventListener('abort', onAbort)
      how()
    }
    const onAbort = () => settle(() => reject(signal?.reason))
    const sleep = (ms: number) => {
      if (done) return
      clearTimeout(timer)
      const left = endsAt - performance.now()
      timer = setTimeout(look, Math.max(1, Math.min(ms, left, SAFETY_MS, LONGEST_TIMER_MS)))
    }
    const look = () => {
      if (looking) {
        again = true
        return
      }
      looking = true
      again = false
      wait.look().then(
        (seen) => {
          looking = false
          lastError = undefined
          if ('result' in seen) settle(() => resolve(seen.result))
          else goOn(seen.endsInMs + 2)
        },
        (error: unknown) => {
          looking = false
          lastError = error
          if (wait.isHopeless(error)) settle(() => reject(error))
          else goOn(500)
        },
      )
    }
    const goOn = (ms: number) => {
      if (done) return
      if (performance.now() >= endsAt) {
        settle(() => (lastError === undefined ? resolve(null) : reject(lastError)))
      } else if (again) look()
      else sleep(ms)
    }

    signal?.addEventListener('abort', onAbort, { once: true })
    // Who looks only once needs no connection that tells it more.
    const leave = timeoutMs > 0 ? hub.join(channel, { onHint: look, onLook: look }) : undefined
    look()
  })
}
