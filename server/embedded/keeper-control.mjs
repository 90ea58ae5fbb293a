// @ts-check
// How another terminal speaks to the process that keeps Redis running: one line to a loopback
// port, whose number and token stand in a private file. A refused connection proves that no keeper
// is there, which a process id in a file never could: ids are given again.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { writePrivate } from './data-folders.mjs'

/**
 * @typedef {'status' | 'stop' | 'start'} KeeperCommand
 *
 * @typedef {object} KeeperStatus
 * @property {'running' | 'starting' | 'stopped'} state `stopped`: on purpose
 * @property {number} port
 * @property {number | null} pid Redis' own
 * @property {number} keeperPid
 * @property {number} restarts after crashes
 *
 * @typedef {{ port: number, token: string }} Contact
 */

/** @param {string} folder */
const contactFile = (folder) => path.join(folder, 'keeper.json')

/** @param {string} folder @returns {Contact | undefined} */
function readContact(folder) {
  try {
    const { port, token } = JSON.parse(readFileSync(contactFile(folder), 'utf8'))
    return typeof port === 'number' && typeof token === 'string' ? { port, token } : undefined
  } catch {
    return undefined
  }
}

/**
 * Becomes the one keeper of a folder.
 *
 * @param {string} folder
 * @param {(command: KeeperCommand) => Promise<KeeperStatus>} act
 * @returns {Promise<(() => void) | undefined>} gives the place up; undefined when somebody has it
 */
export async function claimKeeper(folder, act) {
  const token = randomBytes(16).toString('hex')
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.setEncoding('utf8')
    let line = ''
    socket.on('data', (chunk) => {
      line += chunk
      if (line.length > 200) socket.destroy()
      if (!line.includes('\n')) return
      const [given = '', command = ''] = line.trim().split(' ')
      if (!sameToken(given, token) || !isCommand(command)) return socket.destroy()
      act(command).then(
        (status) => socket.end(`${JSON.stringify(status)}\n`),
        (error) => socket.end(`${JSON.stringify({ error: String(error.message ?? error) })}\n`),
      )
    })
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve(undefined))
  })
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writePrivate(contactFile(folder), JSON.stringify({ port, token }), 'wx')
      return () => {
        server.close()
        if (readContact(folder)?.token === token) rmSync(contactFile(folder), { force: true })
      }
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
      if (await askKeeper(folder, 'status')) break
      // Left over from one that was killed.
      rmSync(contactFile(folder), { force: true })
    }
  }
  server.close()
  return undefined
}

/**
 * @param {string} folder
 * @param {KeeperCommand} command
 * @param {number} [timeoutMs]
 * @returns {Promise<KeeperStatus | undefined>} undefined when no keeper runs there
 * @throws with the keeper's own words when it could not do it
 */
export async function askKeeper(folder, command, timeoutMs = 30_000) {
  const contact = readContact(folder)
  if (!contact) return undefined
  const line = await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: contact.port })
    let answer = ''
    socket.setTimeout(timeoutMs, () => socket.destroy())
    socket.once('error', () => resolve(''))
    socket.once('connect', () => socket.write(`${contact.token} ${command}\n`))
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8')
    })
    socket.once('close', () => resolve(answer))
  })
  if (!line) return undefined
  const answer = JSON.parse(line)
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

/** @param {string} command @returns {command is KeeperCommand} */
function isCommand(command) {
  return command === 'status' || command === 'stop' || command === 'start'
}

/** @param {string} given @param {string} token */
function sameToken(given, token) {
  return given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token))
}
