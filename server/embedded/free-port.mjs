// @ts-check
import { createServer } from 'node:net'

/**
 * Whether somebody else listens on a loopback port.
 *
 * @param {number} port 0 asks the system for any free one
 * @returns {Promise<number | undefined>} the port when it is free, else undefined
 */
export function tryPort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined)
      else reject(error)
    })
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

/**
 * @param {number} [preferred] taken when it is free
 * @returns {Promise<number>} a free loopback port
 */
export async function freePort(preferred = 0) {
  const port = (preferred && (await tryPort(preferred))) || (await tryPort(0))
  if (!port) throw new Error('No free loopback port was found.')
  return port
}
