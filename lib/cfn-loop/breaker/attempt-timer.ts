import { TimeoutError } from '../../redis/errors'
import type { BreakerClock } from './breaker-clock'

/** What `fn` answers, or a `TimeoutError` where it takes longer. What it still does is ignored. */
export function withinTime<T>(
  fn: () => T | PromiseLike<T>,
  timeoutMs: number,
  clock: BreakerClock,
  name: string,
  onTimeout: () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = clock.after(timeoutMs, () => {
      onTimeout()
      reject(new TimeoutError(`circuit breaker ${name}`, timeoutMs))
    })
    const settle = (how: () => void) => {
      stop()
      how()
    }
    try {
      Promise.resolve(fn()).then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      )
    } catch (error) {
      settle(() => reject(error))
    }
  })
}

/** Resolves after `ms`, or rejects with the signal's reason. Leaves no timer and no listener. */
export function pause(ms: number, clock: BreakerClock, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const stop = clock.after(ms, () => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    })
    const aborted = () => {
      stop()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', aborted, { once: true })
  })
}
