import { acknowledgeAttention } from './acknowledge-attention'
import type { Commands } from './command-service'
import { snoozeAttention } from './snooze-attention'

/** Every action that an operator has. */
export function createCommands(): Commands {
  return {
    'acknowledge-attention': acknowledgeAttention,
    'snooze-attention': snoozeAttention,
  } as Partial<Commands> as Commands
}
