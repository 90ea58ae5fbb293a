import { parseArgs } from 'node:util'
import { ROLES, type Role, roleSchema } from '@/lib/protocol/commands'
import { ID_RULE, idSchema } from '@/lib/protocol/ids'
import { MIN_PASSWORD_LENGTH } from '@/lib/protocol/settings'
import { askNewPassword } from '../accounts/ask-password'
import { type Accounts, runCommand, withAccounts } from '../accounts/with-accounts'
import { signInUrl } from '../sign-in-url'

const help = `npm run users -- COMMAND [--demo]

  list                       everybody, with their role
  add NAME [--role ROLE]     makes a user (default: viewer) and prints a link to come in, once
  set-password NAME          asks for a new password (or reads it from stdin), at least ${MIN_PASSWORD_LENGTH}
                             characters, and ends all sessions of NAME
  set-role NAME ROLE         ${ROLES.join(', ')}; holds at once
  remove NAME                removes a user and ends their sessions

  --demo                     of the demo, when both run (the one that runs is found without)

A link for who lost theirs: npm run sign-in-link -- NAME.`

function userNamed(name: string | undefined): string {
  if (name === undefined) throw new Error(`NAME is missing.\n\n${help}`)
  const user = idSchema.safeParse(name)
  if (!user.success) throw new Error(`NAME must be ${ID_RULE}.`)
  return user.data
}

function roleNamed(name: string | undefined): Role {
  const role = roleSchema.safeParse(name)
  if (!role.success) throw new Error(`ROLE must be one of ${ROLES.join(', ')}.`)
  return role.data
}

async function list({ auth }: Accounts): Promise<void> {
  const users = await auth.users()
  if (users.length === 0) return void console.log('There is nobody yet.')
  const width = Math.max(...users.map((it) => it.name.length))
  for (const { name, role, hasPassword, createdAt } of users) {
    const since = new Date(createdAt).toISOString().slice(0, 10)
    const password = hasPassword ? '' : ', no password'
    console.log(`${name.padEnd(width)}  ${role.padEnd(8)}  since ${since}${password}`)
  }
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string', default: 'viewer' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [command, name, last] = positionals
  if (values.help || command === undefined) return void console.log(help)
  const commands: Record<string, (accounts: Accounts) => Promise<void>> = {
    list,
    async add({ auth, url, note }) {
      const [user, role] = [userNamed(name), roleNamed(values.role)]
      await auth.addUser({ name: user, role, by: 'command-line' })
      await note('add-user', user, role)
      console.log(signInUrl(url, await auth.createSignInLink({ user })))
    },
    async 'set-password'({ auth, note }) {
      const user = userNamed(name)
      if (!(await auth.user(user))) throw new Error(`There is no user "${user}".`)
      await auth.setPassword(user, await askNewPassword())
      await note('set-password', user)
      console.log(`${user} has a new password, and is signed out everywhere.`)
    },
    async 'set-role'({ auth, note }) {
      const [user, role] = [userNamed(name), roleNamed(last)]
      await auth.setRole(user, role)
      await note('set-role', user, role)
      console.log(`${user} is ${role} now.`)
    },
    async remove({ auth, note }) {
      const user = userNamed(name)
      await auth.removeUser(user)
      await note('remove-user', user)
      console.log(`${user} is removed.`)
    },
  }
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!run) throw new Error(`There is no command "${command}".\n\n${help}`)
  await withAccounts(run)
})
