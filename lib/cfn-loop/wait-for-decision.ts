import type { HintHub } from '../redis/hint-hub'
import { type ShownWait, wait } from './wait'

export interface DecisionWait<R> {
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly shown: ShownWait
  readonly hub: HintHub
  readonly channel: string
  /** The result, or how long until the round ends by itself, ms. */
  look(): Promise<{ result: R } | { endsInMs: number }>
  /** Errors that no waiting mends. Others may pass: Redis may come back. */
  isHopeless(error: unknown): boolean
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Looks when it is told to, and when the round is due: where no monitor runs, whoever waits for a round
 * ends it. Resolves to null at the timeout.
 */
export function waitForDecision<R>(options: DecisionWait<R>): Promise<R | null> {
  const { timeoutMs, signal, shown, hub, channel } = options
  let look = (): Promise<void> => Promise.resolve()
  return wait<R | null>({
    timeoutMs,
    signal,
    shown,
    start(resolve, reject) {
      let due: NodeJS.Timeout | undefined
      let ended = false
      look = async () => {
        try {
          const seen = await options.look()
          if (ended) return
          if ('result' in seen) {
            resolve(seen.result)
            return
          }
          clearTimeout(due)
          due = setTimeout(
            () => void look(),
            Math.min(Math.max(1, seen.endsInMs + 2), LONGEST_TIMER_MS),
          )
        } catch (error) {
          if (options.isHopeless(error)) reject(error)
        }
      }
      // Who looks only once needs no connection that tells it more.
      const onHint = () => void look()
      const leave = timeoutMs > 0 ? hub.join(channel, { onHint, onLook: onHint }) : undefined
      if (timeoutMs > 0) void look()
      return () => {
        ended = true
        clearTimeout(due)
        leave?.()
      }
    },
    look: () => look(),
    atTimeout: () => null,
  })
}
