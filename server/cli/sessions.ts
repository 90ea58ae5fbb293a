import { parseArgs } from 'node:util'
import { type Accounts, runCommand, withAccounts } from '../accounts/with-accounts'

const help = `npm run sessions -- COMMAND [--demo]

  list [USER]       who is signed in, since when and from where
  revoke USER       ends all sessions of USER; open boards are cut within seconds
  revoke --all      ends everybody's

  --demo            of the demo, when both run (the one that runs is found without)`

async function list({ auth }: Accounts, user: string | undefined): Promise<void> {
  const sessions = await auth.sessions(user)
  if (sessions.length === 0) return void console.log('Nobody is signed in.')
  for (const { user, role, address, lastSeenAt, expiresAt } of sessions) {
    const [seen, end] = [lastSeenAt, expiresAt].map((it) => new Date(it).toISOString().slice(0, 16))
    console.log(`${user}  ${role}  from ${address}  last seen ${seen}Z  ends ${end}Z at the latest`)
  }
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [command, user] = positionals
  if (values.help || command === undefined) return void console.log(help)
  if (command !== 'list' && command !== 'revoke') {
    throw new Error(`There is no command "${command}".\n\n${help}`)
  }
  if (command === 'revoke' && user === undefined && !values.all) {
    throw new Error('Name a USER, or --all.')
  }
  await withAccounts(async (accounts) => {
    if (command === 'list') return list(accounts, user)
    const { auth, note } = accounts
    const names = user === undefined ? (await auth.users()).map((it) => it.name) : [user]
    for (const name of names) {
      const count = await auth.revokeSessionsOf(name)
      if (count > 0) await note('revoke-sessions', name, String(count))
      console.log(`${name}: ${count === 1 ? '1 session' : `${count} sessions`} ended.`)
    }
  })
})
