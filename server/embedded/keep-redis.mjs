// @ts-check
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { keptSecret, writePrivate } from './data-folders.mjs'
import { findRedis } from './find-redis.mjs'
import { freePort, tryPort } from './free-port.mjs'
import { askKeeper, claimKeeper } from './keeper-control.mjs'
import { askRedis, pingRedis } from './ping-redis.mjs'
import { PlainError } from './plain-error.mjs'
import { runRedis } from './run-redis.mjs'

/**
 * @typedef {object} KeptRedis
 * @property {string} host
 * @property {number} port
 * @property {string} password
 * @property {string} url with the password in it
 * @property {string} description for people: version and address, no secret
 * @property {boolean} ours false when another process of this project keeps it already
 * @property {() => Promise<void>} close ends it, if it is ours. Idempotent
 *
 * @typedef {object} KeepOptions
 * @property {string} folder of its files: data, password, port
 * @property {string} cacheFolder for a fetched server
 * @property {(line: string) => void} [say] what happens to it later, for people
 * @property {number} [preferredPort] the first start tries it; later ones keep their own
 * @property {() => void} [onStopped] it was stopped on purpose
 * @property {NodeJS.ProcessEnv} [env]
 */

/** Waits before the first, second, … restart in a row. */
const restartDelaysMs = [0, 250, 500, 1000, 2000, 5000]
/** A server that ran this long has recovered: the next crash is a first one again. */
const steadyMs = 30_000

/**
 * Keeps a Redis running on a project's folder: starts it, starts it again when it crashes, and
 * leaves it alone once it was stopped on purpose (`npm run redis -- stop`) until it is told to
 * start. At most one process does this per folder; the others use what it keeps.
 *
 * @param {KeepOptions} options
 * @returns {Promise<KeptRedis>}
 */
export async function keepRedis(options) {
  const { folder, say = () => {} } = options
  const password = keptSecret(path.join(folder, 'password'))
  /** @type {import('./run-redis.mjs').RunningRedis | undefined} */
  let server
  let port = 0
  let wanted = true
  let restarts = 0
  /** @type {Promise<void> | undefined} one start at a time, whoever asks */
  let starting
  const program = {
    current: /** @type {import('./find-redis.mjs').RedisProgram | undefined} */ (undefined),
  }

  const start = () => {
    starting ??= startNow().finally(() => {
      starting = undefined
    })
    return starting
  }
  async function startNow() {
    if (server?.isRunning() || !wanted) return
    program.current ??= await findRedis(options)
    const running = await runRedis({
      program: program.current,
      folder: path.join(folder, 'data'),
      port,
      password,
    })
    server = running
    const since = performance.now()
    running.exited
      .then(() => startAgain(since))
      .catch((error) => say(`Redis could not be restarted: ${error.message}`))
  }

  let inARow = 0
  /** @param {number} since */
  async function startAgain(since) {
    if (!wanted) return
    if (performance.now() - since > steadyMs) inARow = 0
    say('Redis ended unexpectedly; starting it again …')
    while (wanted) {
      await sleep(restartDelaysMs[Math.min(inARow++, restartDelaysMs.length - 1)])
      try {
        await start()
        if (!wanted) return
        restarts++
        say(`Redis is back on port ${port}, with its data.`)
        return
      } catch (error) {
        say(`Redis does not start: ${error instanceof Error ? error.message : error}`)
      }
    }
  }

  /** Another may take the port between the look at it and Redis' own start. */
  async function startOnFreePort() {
    for (let triesLeft = 5; ; triesLeft--) {
      port = await freePort(readPort(folder) ?? options.preferredPort)
      try {
        await start()
        break
      } catch (error) {
        if (triesLeft === 0 || (await tryPort(port))) throw error
      }
    }
    writePrivate(path.join(folder, 'port'), `${port}\n`)
  }

  const status = () => ({
    state: /** @type {'running' | 'starting' | 'stopped'} */ (
      server?.isRunning() ? 'running' : wanted ? 'starting' : 'stopped'
    ),
    port,
    pid: server?.isRunning() ? server.pid : null,
    keeperPid: process.pid,
    restarts,
  })
  const giveUpPlace = await claimKeeper(folder, async (command) => {
    if (command === 'stop') {
      wanted = false
      await starting?.catch(() => {})
      await server?.stop()
      say('Redis was stopped on purpose; `npm run redis -- start` starts it again.')
      options.onStopped?.()
    }
    if (command === 'start') {
      wanted = true
      await start()
      say(`Redis was started again on port ${port}.`)
    }
    return status()
  })

  if (!giveUpPlace) return joinKept(folder, password)

  try {
    await endLeftOver(folder, password)
    await startOnFreePort()
  } catch (error) {
    wanted = false
    giveUpPlace()
    throw error
  }
  const found = program.current
  const version = found?.kind === 'binary' ? ` ${found.version}` : ''
  return {
    ...address(port, password),
    description: `Redis${version} on 127.0.0.1:${port}`,
    ours: true,
    close: async () => {
      wanted = false
      await starting?.catch(() => {})
      await server?.stop()
      giveUpPlace()
    },
  }
}

/**
 * How to reach a kept Redis from another process of this project.
 *
 * @param {string} folder
 * @param {number} port as its keeper says
 */
export const keptAddress = (folder, port) =>
  address(port, keptSecret(path.join(folder, 'password')))

/** @param {number} port @param {string} password */
const address = (port, password) => ({
  host: '127.0.0.1',
  port,
  password,
  url: `redis://:${password}@127.0.0.1:${port}`,
})

/** @param {string} folder @param {string} password @returns {Promise<KeptRedis>} */
async function joinKept(folder, password) {
  // Asked to start: who runs a control room wants its Redis, though it was stopped before.
  const kept = await askKeeper(folder, 'start')
  if (!kept) throw new PlainError('The process that kept Redis ended just now; try again.')
  return {
    ...address(kept.port, password),
    description: `Redis on 127.0.0.1:${kept.port}, kept by process ${kept.keeperPid}`,
    ours: false,
    close: async () => {},
  }
}

/** @param {string} folder @returns {number | undefined} */
export function readPort(folder) {
  try {
    const port = Number(readFileSync(path.join(folder, 'port'), 'utf8'))
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}

/**
 * A server without a keeper has our files open: two on the same files would ruin them.
 *
 * @param {string} folder
 * @param {string} password
 */
async function endLeftOver(folder, password) {
  const port = readPort(folder)
  if (!port) return
  const left = { host: '127.0.0.1', port, password }
  for (let attempt = 0; attempt < 100; attempt++) {
    const state = await pingRedis(left)
    if (state !== 'ready' && state !== 'loading') return
    // It answers by closing the connection, or refuses while it reads its file.
    if (state === 'ready') await askRedis(left, [['SHUTDOWN']]).catch(() => {})
    await sleep(100)
  }
  throw new PlainError(`A Redis of an earlier start on port ${port} does not end; stop it by hand.`)
}
