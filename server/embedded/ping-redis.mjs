// @ts-check
// The launcher runs before anything is installed, so it speaks the few words of RESP it needs.
import { connect } from 'node:net'

/** @typedef {{ host: string, port: number, username?: string, password?: string | undefined }} RedisAddress */

/**
 * Sends commands on a connection of its own and gives the raw replies, one line each.
 *
 * @param {RedisAddress} address
 * @param {string[][]} commands
 * @param {number} [timeoutMs]
 * @returns {Promise<string[]>} the first line of each reply, with its RESP type mark
 */
export function askRedis({ host, port, username, password }, commands, timeoutMs = 1000) {
  const all = password
    ? [['AUTH', ...(username ? [username] : []), password], ...commands]
    : commands
  const encoded = all.map(
    (words) =>
      `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
  )
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    let answer = ''
    const end = (/** @type {() => void} */ settle) => {
      socket.destroy()
      settle()
    }
    socket.setTimeout(timeoutMs, () => end(() => reject(new Error('Redis did not answer in time'))))
    socket.once('error', (error) => end(() => reject(error)))
    socket.once('close', () => reject(new Error('Redis closed the connection')))
    socket.once('connect', () => socket.write(encoded.join('')))
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8')
      const lines = answer.split('\r\n').slice(0, -1)
      if (lines.length < all.length) return
      end(() => resolve(password ? lines.slice(1) : lines))
    })
  })
}

/**
 * @param {RedisAddress} address
 * @returns {Promise<'ready' | 'loading' | 'refused' | 'gone'>} `refused`: somebody answers, but not
 *   to this password
 */
export async function pingRedis(address) {
  try {
    const [line = ''] = await askRedis(address, [['PING']])
    if (line === '+PONG') return 'ready'
    return line.startsWith('-LOADING') ? 'loading' : 'refused'
  } catch {
    return 'gone'
  }
}

/**
 * Waits until the server answers commands, which may be long after it listens: it reads its
 * append-only file first.
 *
 * @param {RedisAddress} address
 * @param {{ deadlineMs?: number, gaveUp?: () => boolean }} [options] `gaveUp` ends it early
 * @returns {Promise<boolean>}
 */
export async function untilRedisReady(address, { deadlineMs = 60_000, gaveUp } = {}) {
  const deadline = performance.now() + deadlineMs
  while (performance.now() < deadline && !gaveUp?.()) {
    if ((await pingRedis(address)) === 'ready') return true
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  return false
}
