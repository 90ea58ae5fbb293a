import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { z } from 'zod'
import type { CommandName, CommandResult, commandInputs } from '@/lib/protocol/commands'
import { notify } from '../ui/notify'
import { ApiError, explain } from './api-error'
import { sendCommand } from './send-command'

type Given<N extends CommandName> = z.input<(typeof commandInputs)[N]>

interface CommandOptions {
  /** The caller shows what went wrong itself. */
  quiet?: boolean
}

/**
 * An operator's action. One press is one request id, kept until the server has answered for
 * certain: pressing again after a lost answer has no second effect.
 */
export function useCommand<N extends CommandName>(
  name: N,
  { quiet = false }: CommandOptions = {},
): UseMutationResult<CommandResult<N>, Error, Given<N>> {
  const press = useRef<{ input: string; requestId: string } | undefined>(undefined)
  return useMutation({
    mutationFn: async (given: Given<N>): Promise<CommandResult<N>> => {
      const text = JSON.stringify(given)
      if (press.current?.input !== text)
        press.current = { input: text, requestId: crypto.randomUUID() }
      const { requestId } = press.current
      try {
        const result = await sendCommand(name, { ...given, requestId })
        press.current = undefined
        return result
      } catch (error) {
        if (!(error instanceof ApiError) || error.isAnswer) press.current = undefined
        throw error
      }
    },
    onError: (error) => {
      if (!quiet) notify('error', titleOf(name), { description: explain(error), duration: 10_000 })
    },
  })
}

const TITLES: Record<CommandName, string> = {
  'escalate-coordinator': 'Not escalated',
  'cleanup-coordinator': 'Not cleaned up',
  'forget-coordinator': 'Not forgotten',
  'cancel-pending-signals': 'Not cancelled',
  'send-signal': 'Not sent',
  'cancel-signal': 'Not cancelled',
  'set-breaker-state': 'The breaker stays as it is',
  'decide-consensus': 'Not decided',
  'acknowledge-attention': 'Not acknowledged',
  'snooze-attention': 'Not snoozed',
}

function titleOf(name: CommandName): string {
  return TITLES[name]
}
