import { commandRoute } from '../../../../_http/command-route'

/** Replaces a dead coordinator. */
export const POST = commandRoute('escalate-coordinator', { id: 'coordinatorId' })
