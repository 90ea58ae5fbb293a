import type { SignalAck } from '../../protocol/signal'
import { isFencedError, isInvalidInputError, isSignalStateError } from '../../redis/errors'
import { sleep } from '../sleep'

export interface Retries {
  readonly most: number
  /** Nobody tries any more. */
  readonly closing: AbortSignal
  readonly onFailed: (error: unknown, retry: number) => void
}

/**
 * Acknowledges, again after 1, 2, 4 … s where that fails.
 *
 * @returns the ACK and which retry gave it, 0 at once; null when all failed, or one in a way that no
 *   other mends
 * @throws InvalidInputError
 */
export async function retryAcknowledging(
  acknowledge: () => Promise<SignalAck>,
  { most, closing, onFailed }: Retries,
): Promise<{ ack: SignalAck; retry: number } | null> {
  for (let retry = 0; retry <= most; retry++) {
    try {
      if (retry > 0) await sleep(1000 * 2 ** (retry - 1), closing)
      return { ack: await acknowledge(), retry }
    } catch (error) {
      if (isInvalidInputError(error)) throw error
      onFailed(error, retry)
      if (closing.aborted || isSignalStateError(error) || isFencedError(error)) return null
    }
  }
  return null
}
