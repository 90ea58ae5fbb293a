import { z } from 'zod'
import { type CommandName, commandRoles } from '@/lib/protocol/commands'
import { type RouteHandler, route } from './define-route'
import { presserOf } from './person'
import { DEFAULT_MAX_BYTES } from './route-rule'

/** Parsed by the command itself, with the names of the address put in. */
const anyBody = z.record(z.string(), z.unknown())

/**
 * A route that carries out one action. `ids` says which of the command's fields stand in the
 * address, by their names there; a body that names them otherwise does not count.
 */
export function commandRoute(
  name: CommandName,
  ids: Readonly<Record<string, string>> = {},
  maxBytes = DEFAULT_MAX_BYTES,
): RouteHandler {
  const params = z.object(Object.fromEntries(Object.keys(ids).map((it) => [it, z.string()])))
  return route(
    {
      role: commandRoles[name],
      command: name,
      limit: 'action',
      params,
      body: anyBody,
      maxBytes,
    },
    async (call) => {
      const named = Object.fromEntries(
        Object.entries(ids).map(([inAddress, field]) => [field, call.params[inAddress]]),
      )
      return call.runtime.commands.execute(name, { ...call.body, ...named }, presserOf(call))
    },
  )
}
