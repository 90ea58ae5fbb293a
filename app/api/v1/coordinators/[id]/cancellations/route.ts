import { commandRoute } from '../../../../_http/command-route'

/** Takes back every signal that it holds and has not answered. */
export const POST = commandRoute('cancel-pending-signals', { id: 'coordinatorId' })
