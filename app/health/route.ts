import { route } from '../api/_http/define-route'

/** Lives: the process answers. Says nothing of Redis. */
export const GET = route({ role: 'public' }, async () => ({ status: 'ok' }))
