import { route } from '../_http/define-route'
import { machineScope } from '../_http/machine-scope'
import { HttpProblem } from '../_http/problem'

/** Where no other route is: who may come in is told so in the words of the API, not with a page. */
const nothing = (limit?: 'action') =>
  route(
    { role: 'viewer', machines: true, ...(limit ? { limit } : {}) },
    async ({ caller, runtime }) => {
      machineScope(caller, runtime)
      throw new HttpProblem(404, 'This address names nothing.')
    },
  )

export const GET = nothing()
export const POST = nothing('action')
export const PUT = nothing('action')
export const PATCH = nothing('action')
export const DELETE = nothing('action')
