import { commandRoute } from '../../../../../_http/command-route'

/** Forces a breaker open or closed, or lets it go; its owner obeys on its next contact. */
export const POST = commandRoute('set-breaker-state', { owner: 'owner', name: 'name' })
