import * as z from 'zod'
import {
  type CommandName,
  type CommandResult,
  commandInputs,
  commandResults,
} from '@/lib/protocol/commands'
import type { Problem } from '@/lib/protocol/problem'
import { apiDelete, apiPost } from './api'
import { ApiError } from './api-error'
import { commandRequest } from './command-requests'
import { pagePast } from './past-store'

/**
 * Asks the server to carry an action out; `given` should hold a `requestId` of this press.
 * @throws ApiError
 */
export async function sendCommand<N extends CommandName>(
  name: N,
  given: unknown,
): Promise<CommandResult<N>> {
  // No button of the past leads here; what was open when somebody went there might.
  if (pagePast().getPoint() !== undefined) throw new ApiError(IN_THE_PAST)
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

const IN_THE_PAST: Problem = {
  type: 'about:blank',
  title: 'Nothing can be done in the past.',
  status: 409,
  hint: 'Go back to live first.',
}
