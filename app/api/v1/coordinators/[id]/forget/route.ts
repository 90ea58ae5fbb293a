import { commandRoute } from '../../../../_http/command-route'

/** Removes the record of one that has ended and holds nothing. */
export const POST = commandRoute('forget-coordinator', { id: 'coordinatorId' })
