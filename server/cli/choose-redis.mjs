// @ts-check

import path from 'node:path'
import { cacheFolder } from '../embedded/data-folders.mjs'
import { keepRedis } from '../embedded/keep-redis.mjs'
import { pingRedis } from '../embedded/ping-redis.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { parsePort } from './arguments.mjs'

/**
 * The Redis that a control room uses, and the variables that tell its processes.
 *
 * @typedef {object} ChosenRedis
 * @property {Record<string, string>} env
 * @property {string} description for people, without secrets
 * @property {boolean} embedded
 * @property {() => Promise<void>} close
 */

/** Away from 6379, where somebody's own Redis may be. */
const preferredPorts = { ordinary: 6390, demo: 6391 }

/**
 * `REDIS_URL`, `REDIS_SENTINELS`, or `REDIS_HOST` and `REDIS_PORT`, name one that runs; without them the
 * project keeps its own.
 *
 * @param {{ dataFolder: string, demo: boolean, say: (line: string) => void }} options
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<ChosenRedis>}
 */
export async function chooseRedis({ dataFolder, demo, say }, env = process.env) {
  const given = await givenRedis(env, demo)
  if (given) return given
  const kept = await keepRedis({
    folder: path.join(dataFolder, 'redis'),
    cacheFolder,
    say,
    preferredPort: demo ? preferredPorts.demo : preferredPorts.ordinary,
    env,
  })
  return {
    env: { REDIS_URL: kept.url },
    description: kept.description,
    embedded: true,
    close: kept.close,
  }
}

/** @param {NodeJS.ProcessEnv} env @param {boolean} demo @returns {Promise<ChosenRedis | undefined>} */
async function givenRedis(env, demo) {
  const { REDIS_URL, REDIS_SENTINELS, REDIS_HOST, REDIS_PORT, REDIS_PASSWORD } = env
  if (REDIS_URL) {
    const url = parseUrl(REDIS_URL)
    const name = `${url.hostname}:${url.port || 6379}`
    // Over TLS only the real client can tell; it will.
    if (url.protocol === 'redis:') {
      await mustAnswer(name, {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port || 6379),
        password: decodeURIComponent(url.password) || REDIS_PASSWORD,
        ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
      })
    }
    return outside({ REDIS_URL, ...(REDIS_PASSWORD ? { REDIS_PASSWORD } : {}) }, name)
  }
  if (REDIS_SENTINELS) {
    if (demo) {
      throw new PlainError(
        'The sample swarm takes one Redis: unset REDIS_SENTINELS, or leave out --demo.',
      )
    }
    // Where the primary is, and whether it answers, the real client finds out.
    const names = ['REDIS_SENTINELS', 'REDIS_SENTINEL_NAME', 'REDIS_SENTINEL_PASSWORD']
    const all = [...names, 'REDIS_USERNAME', 'REDIS_PASSWORD']
    return outside(
      Object.fromEntries(all.flatMap((it) => (env[it] ? [[it, env[it]]] : []))),
      `the primary that ${REDIS_SENTINELS} names`,
    )
  }
  if (REDIS_HOST || REDIS_PORT) {
    const host = REDIS_HOST || '127.0.0.1'
    const port = parsePort(REDIS_PORT || '6379', 'REDIS_PORT')
    await mustAnswer(`${host}:${port}`, { host, port, password: REDIS_PASSWORD })
    return outside(
      {
        REDIS_HOST: host,
        REDIS_PORT: String(port),
        ...(REDIS_PASSWORD ? { REDIS_PASSWORD } : {}),
      },
      `${host}:${port}`,
    )
  }
  return undefined
}

/** @param {Record<string, string>} env @param {string} name @returns {ChosenRedis} */
const outside = (env, name) => ({
  env,
  description: `Redis on ${name} (yours)`,
  embedded: false,
  close: async () => {},
})

/** @param {string} text */
function parseUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^rediss?:$/.test(url.protocol) && url.hostname && canDecode(url)) return url
  throw new PlainError(
    'REDIS_URL must look like redis://:password@host:6379 (rediss:// for TLS); it does not. What is special in a password is written as %40 and the like, % itself as %25.',
  )
}

/** @param {URL} url */
function canDecode({ username, password }) {
  try {
    decodeURIComponent(`${username}${password}`)
    return true
  } catch {
    return false
  }
}

/** @param {string} name @param {Parameters<typeof pingRedis>[0]} address */
async function mustAnswer(name, address) {
  const state = await pingRedis(address)
  if (state === 'gone') {
    throw new PlainError(
      `No Redis answers on ${name}: start it, or unset REDIS_URL, REDIS_HOST and REDIS_PORT to let Signalbox run its own.`,
    )
  }
  if (state === 'refused') {
    throw new PlainError(
      `Redis on ${name} refuses: name its password in REDIS_URL or REDIS_PASSWORD.`,
    )
  }
}
