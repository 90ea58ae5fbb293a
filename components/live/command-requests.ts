import type { CommandInput, CommandName } from '@/lib/protocol/commands'

interface CommandRequest {
  path: string
  body: Record<string, unknown>
}

const at = encodeURIComponent

/** Where each action of an operator is asked for; what stands in the address is not in the body. */
const requests: { [N in CommandName]: (input: CommandInput<N>) => CommandRequest } = {
  'escalate-coordinator': ({ coordinatorId, ...body }) => ({
    path: `/coordinators/${at(coordinatorId)}/escalations`,
    body,
  }),
  'cleanup-coordinator': ({ coordinatorId, ...body }) => ({
    path: `/coordinators/${at(coordinatorId)}/cleanup`,
    body,
  }),
  'forget-coordinator': ({ coordinatorId, ...body }) => ({
    path: `/coordinators/${at(coordinatorId)}/forget`,
    body,
  }),
  'cancel-pending-signals': ({ coordinatorId, ...body }) => ({
    path: `/coordinators/${at(coordinatorId)}/cancellations`,
    body,
  }),
  'send-signal': (body) => ({ path: '/signals', body }),
  'cancel-signal': ({ signalId, ...body }) => ({ path: `/signals/${at(signalId)}`, body }),
  'set-breaker-state': ({ owner, name, ...body }) => ({
    path: `/breakers/${at(owner)}/${at(name)}/state`,
    body,
  }),
  'decide-consensus': ({ key, ...body }) => ({ path: `/consensus/${at(key)}/decision`, body }),
  'acknowledge-attention': (body) => ({ path: '/attention/acknowledgements', body }),
  'snooze-attention': (body) => ({ path: '/attention/snoozes', body }),
}

/** The request that carries an action out. */
export function commandRequest<N extends CommandName>(
  name: N,
  input: CommandInput<N>,
): CommandRequest & { method: 'POST' | 'DELETE' } {
  return { ...requests[name](input), method: name === 'cancel-signal' ? 'DELETE' : 'POST' }
}
