import { commandRoute } from '../../../../_http/command-route'

/** The word of an operator in the owner's place. */
export const POST = commandRoute('decide-consensus', { key: 'key' })
