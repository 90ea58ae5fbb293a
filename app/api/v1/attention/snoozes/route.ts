import { commandRoute } from '../../../_http/command-route'

/** Hides an entry of the attention list until a time. */
export const POST = commandRoute('snooze-attention')
