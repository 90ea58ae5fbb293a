import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { idSchema } from '@/lib/protocol/ids'
import type { TemporaryPassword } from '@/lib/protocol/settings'
import { route } from '../../../../_http/define-route'
import { noteChange, personOf } from '../../../../_http/person'
import { HttpProblem } from '../../../../_http/problem'

const params = z.object({ name: idSchema })

/** Letters and digits that nobody takes for one another when it is read out. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 5
const GROUP_LENGTH = 4

/**
 * Gives somebody a new password, which only this answer shows, and signs them out everywhere. One's own is
 * changed elsewhere, where the current one is asked for.
 */
export const POST = route({ role: 'admin', limit: 'action', params }, async (call) => {
  const { name } = call.params
  if (personOf(call.caller).session.user === name) {
    throw new HttpProblem(409, 'This is your own: change it under Account.')
  }
  const password = newPassword()
  await call.runtime.auth.setPassword(name, password)
  await noteChange(call, { action: 'reset-password', targets: [name] })
  return { user: name, password } satisfies TemporaryPassword
})

function newPassword(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)] ?? ''
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}
