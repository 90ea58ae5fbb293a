import { readStoredAck } from '../protocol/read-ack'
import type { AckVerdict, SignalAck } from '../protocol/signal'
import { checkMac } from './ack-mac'
import type { KeyRing } from './key-ring'

/** What an ACK has to be about. */
export interface ExpectedAck {
  readonly signalId: string
  readonly target: string
}

export type AckJudgement =
  | { readonly verdict: 'valid'; readonly ack: SignalAck }
  | { readonly verdict: Exclude<AckVerdict, 'valid'> }

/**
 * Judges an ACK as it was recorded: `{ epoch, by, ack }`, of which epoch and signer were noted by
 * the script that stored it. Valid is only one whose MAC holds and which names this signal and
 * target, and the epoch and signer that were noted. Never throws.
 */
export function judgeAck(
  stored: unknown,
  expected: ExpectedAck,
  ring: KeyRing,
  namespace = '',
): AckJudgement {
  const record = readStoredAck(stored)
  if (!record) return { verdict: 'malformed' }
  const checked = checkMac(record.ack, ring, namespace)
  if (checked.verdict !== 'valid') return checked
  const { ack } = checked
  if (ack.signalId !== expected.signalId) return { verdict: 'replayed' }
  if (ack.onBehalfOf !== expected.target) return { verdict: 'foreign' }
  if (ack.coordinatorId !== record.by) return { verdict: 'foreign' }
  if (ack.epoch !== record.epoch) return { verdict: 'wrong_epoch' }
  return checked
}

/** The same for its JSON text. */
export function judgeAckText(
  text: string,
  expected: ExpectedAck,
  ring: KeyRing,
  namespace = '',
): AckJudgement {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { verdict: 'malformed' }
  }
  return judgeAck(value, expected, ring, namespace)
}
