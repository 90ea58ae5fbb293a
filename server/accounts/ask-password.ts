import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/**
 * A password from the keyboard, which is not shown; or the first line of what is piped in. Never an
 * argument: those stand in the shell's history and in the list of processes.
 */
export async function askPassword(prompt: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal })
  if (isTerminal) process.stderr.write(prompt)
  try {
    const { value } = await lines[Symbol.asyncIterator]().next()
    return typeof value === 'string' ? value : ''
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
}

/** Twice, where somebody types it. @throws when the two differ */
export async function askNewPassword(): Promise<string> {
  const password = await askPassword('New password: ')
  if (process.stdin.isTTY && (await askPassword('The same again: ')) !== password) {
    throw new Error('The two are not the same: nothing was changed.')
  }
  return password
}
