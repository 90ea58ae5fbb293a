// @ts-check
import path from 'node:path'
import { writePrivate } from '../embedded/data-folders.mjs'

/**
 * Writes what a coordinator has to know into a file that `node --env-file` reads, for its owner
 * alone, so that nobody copies a password by hand.
 *
 * @param {string} dataFolder
 * @param {Record<string, string>} redisEnv `REDIS_URL`, or `REDIS_HOST` and `REDIS_PORT`
 * @param {Record<string, string>} secrets by the names of their variables
 * @returns {string} the file
 */
export function writeCoordinatorEnv(dataFolder, redisEnv, secrets) {
  const file = path.join(dataFolder, 'coordinator.env')
  const lines = Object.entries({ ...addressOf(redisEnv), ...secrets }).map(
    ([name, value]) => `${name}=${value}\n`,
  )
  writePrivate(file, lines.join(''))
  return file
}

/** @param {Record<string, string>} env @returns {Record<string, string>} */
function addressOf(env) {
  if (!env.REDIS_URL) return env
  const url = new URL(env.REDIS_URL)
  const password = decodeURIComponent(url.password) || env.REDIS_PASSWORD
  return {
    REDIS_HOST: url.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    REDIS_PORT: url.port || '6379',
    ...(url.username ? { REDIS_USERNAME: decodeURIComponent(url.username) } : {}),
    ...(password ? { REDIS_PASSWORD: password } : {}),
  }
}
