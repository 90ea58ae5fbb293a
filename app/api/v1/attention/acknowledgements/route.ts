import { commandRoute } from '../../../_http/command-route'

/** "I have seen this", by name. */
export const POST = commandRoute('acknowledge-attention')
