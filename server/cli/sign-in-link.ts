import { parseArgs } from 'node:util'
import { ROLES, roleSchema } from '@/lib/protocol/commands'
import { ID_RULE, idSchema } from '@/lib/protocol/ids'
import { runCommand, withAccounts } from '../accounts/with-accounts'
import { FIRST_OPERATOR, firstSignInUrl, signInUrl } from '../sign-in-url'

// Prints a link that signs somebody in once: the way back for who lost theirs. Whoever can run this
// has the server's Redis and secret anyway.

const help = `npm run sign-in-link -- [USER] [--role ${ROLES.join('|')}] [--demo]

Prints a link that signs USER (default: operator) in, once. A user who does not exist yet is made
with the role (default: operator); one who exists keeps theirs. The first of all is an admin.`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return void console.log(help)
  const role = roleSchema.safeParse(values.role ?? 'operator')
  if (!role.success) throw new Error(`--role must be one of ${ROLES.join(', ')}.`)
  const user = idSchema.safeParse(positionals[0] ?? 'operator')
  if (!user.success) throw new Error(`USER must be ${ID_RULE}.`)

  await withAccounts(async ({ auth, url, note }) => {
    const first = await firstSignInUrl({ auth, url })
    const link =
      first ?? signInUrl(url, await auth.createSignInLink({ user: user.data, role: role.data }))
    await note('make-sign-in-link', first === undefined ? user.data : FIRST_OPERATOR)
    if (first !== undefined && (values.role !== undefined || positionals.length > 0))
      console.error(
        `Nobody has signed in yet: this link makes the first user, ${FIRST_OPERATOR}, an admin.`,
      )
    console.log(link)
  })
}

await runCommand(main)
