import { acknowledgeAttention } from './acknowledge-attention'
import { cancelPendingSignals } from './cancel-pending-signals'
import { cancelSignal } from './cancel-signal'
import { cleanupCoordinator } from './cleanup-coordinator'
import type { Commands } from './command-service'
import { decideConsensus } from './decide-consensus'
import { escalateCoordinator } from './escalate-coordinator'
import { forgetCoordinator } from './forget-coordinator'
import { sendSignal } from './send-signal'
import { setBreakerState } from './set-breaker-state'
import { snoozeAttention } from './snooze-attention'

export interface CommandOptions {
  /** How often this server's monitor looks, ms. */
  readonly sweepMs: number
}

/** Every action that an operator has. */
export function createCommands({ sweepMs }: CommandOptions): Commands {
  return {
    'escalate-coordinator': escalateCoordinator(sweepMs),
    'cleanup-coordinator': cleanupCoordinator,
    'forget-coordinator': forgetCoordinator,
    'cancel-pending-signals': cancelPendingSignals,
    'send-signal': sendSignal,
    'cancel-signal': cancelSignal,
    'set-breaker-state': setBreakerState,
    'decide-consensus': decideConsensus,
    'acknowledge-attention': acknowledgeAttention,
    'snooze-attention': snoozeAttention,
  }
}
