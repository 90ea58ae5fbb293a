import { commandRoute } from '../../../../_http/command-route'

/** Takes what is left of a coordinator from among the living. */
export const POST = commandRoute('cleanup-coordinator', { id: 'coordinatorId' })
