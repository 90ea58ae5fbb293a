import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import {
  type CommandName,
  type CommandResult,
  commandInputs,
  commandResults,
} from '@/lib/protocol/commands'
import { apiDelete, apiPost } from './api'
import { ApiError, explain } from './api-error'
import { commandRequest } from './command-requests'

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
        const result = await send(name, { ...given, requestId })
        press.current = undefined
        return result
      } catch (error) {
        if (!(error instanceof ApiError) || error.isAnswer) press.current = undefined
        throw error
      }
    },
    onError: (error) => {
      if (!quiet) toast.error(titleOf(name), { description: explain(error), duration: 10_000 })
    },
  })
}

async function send<N extends CommandName>(name: N, given: unknown): Promise<CommandResult<N>> {
  const schema: z.ZodType = commandInputs[name]
  const checked = schema.safeParse(given)
  if (!checked.success)
    throw new ApiError({
      type: 'about:blank',
      title: 'This cannot be sent.',
      status: 400,
      detail: z.prettifyError(checked.error),
    })
  const { method, path, body } = commandRequest(name, checked.data as never)
  const result = commandResults[name] as unknown as z.ZodType<CommandResult<N>>
  return method === 'POST' ? apiPost(path, body, result) : apiDelete(path, body, result)
}

const TITLES: Record<CommandName, string> = {
  'escalate-coordinator': 'Not escalated',
  'cleanup-coordinator': 'Not cleaned up',
  'forget-coordinator': 'Not forgotten',
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
