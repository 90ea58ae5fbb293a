// @ts-check
// Where a real Redis comes from on a machine where nobody prepared one. The order: what the user
// names, what is installed, what we fetched before, what can be fetched without root, what the
// user's own package manager or Docker gives, and last one sentence that says what to install.
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { cachedRedis, fetchRedisWithApt } from './fetch-redis-with-apt.mjs'
import { PlainError } from './plain-error.mjs'

const run = promisify(execFile)

/**
 * How to start a Redis server.
 *
 * @typedef {{ kind: 'binary', file: string, libraryPath?: string | undefined, version: string,
 *   source: 'environment' | 'path' | 'cache' | 'apt' | 'homebrew' }} RedisBinary
 * @typedef {{ kind: 'docker', image: string, source: 'docker' }} RedisImage
 * @typedef {RedisBinary | RedisImage} RedisProgram
 *
 * @typedef {object} FindOptions
 * @property {string} cacheFolder where a fetched one is kept
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [say] progress, when something takes seconds
 * @property {string[]} [extraFolders] looked in after the PATH
 */

/** The scripts need functions flags (`#!lua`), ACL channel patterns and the like: Redis 7.0. */
const minimumMajor = 7
const homebrewFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin']
const dockerImage = 'redis:7-alpine'

export class RedisNotFoundError extends PlainError {
  /** @override */
  name = 'RedisNotFoundError'

  /** @param {string[]} reasons why each way failed */
  constructor(reasons) {
    const tried = reasons.length ? ` (tried: ${reasons.join('; ')})` : ''
    super(
      'No Redis 7 or newer was found: install one (Debian, Ubuntu: sudo apt-get install ' +
        'redis-server; macOS: brew install redis; Fedora: sudo dnf install valkey), or name a ' +
        `running one with REDIS_URL${tried}.`,
    )
    this.reasons = reasons
  }
}

/**
 * @param {string} file
 * @param {string} [libraryPath]
 * @returns {Promise<string | undefined>} its version, or undefined when it doesn't run
 */
async function versionOf(file, libraryPath) {
  try {
    const { stdout } = await run(file, ['--version'], {
      env: /** @type {NodeJS.ProcessEnv} */ (redisEnvironment(libraryPath)),
    })
    return /\bv=(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  } catch {
    return undefined
  }
}

/** @param {string} [libraryPath] @returns {Record<string, string | undefined>} */
export function redisEnvironment(libraryPath) {
  // Redis needs none of our environment, and must not be handed our secrets.
  const { PATH, HOME, LANG, LD_LIBRARY_PATH } = process.env
  const libraries = [libraryPath, LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { PATH, HOME, LANG, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {string[]} names @param {string[]} folders */
const findIn = (names, folders) =>
  names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .filter((file) => isExecutable(file))

/** @param {string | undefined} version */
const isNewEnough = (version) => Number(version?.split('.')[0] ?? 0) >= minimumMajor

/**
 * @param {FindOptions} options
 * @returns {Promise<RedisProgram>}
 * @throws {RedisNotFoundError} with one sentence that says what to install
 */
export async function findRedis(options) {
  const { cacheFolder, env = process.env, say = () => {} } = options
  const extraFolders = options.extraFolders ?? homebrewFolders

  const named = env.SIGNALBOX_REDIS_SERVER
  if (named) {
    const version = existsSync(named) ? await versionOf(named) : undefined
    if (isNewEnough(version) && version) {
      return { kind: 'binary', file: named, version, source: 'environment' }
    }
    throw new PlainError(
      `SIGNALBOX_REDIS_SERVER names ${named}, which is ${version ? `Redis ${version}; 7.0 or newer is needed` : 'no Redis server that runs here'}.`,
    )
  }

  /** @type {string[]} */
  const reasons = []
  const folders = [...(env.PATH ?? '').split(path.delimiter).filter(Boolean), ...extraFolders]
  const installed = async () => {
    for (const file of findIn(['redis-server', 'valkey-server'], folders)) {
      const version = await versionOf(file)
      if (version && isNewEnough(version)) return { file, version }
      reasons.push(version ? `${file} is ${version}` : `${file} does not run`)
    }
    return undefined
  }

  const onPath = await installed()
  if (onPath) return { kind: 'binary', ...onPath, source: 'path' }

  const cached = await cachedRedis(cacheFolder)
  if (cached) {
    const version = await versionOf(cached.file, cached.libraryPath)
    if (version && isNewEnough(version)) {
      return { kind: 'binary', ...cached, version, source: 'cache' }
    }
  }

  if (findIn(['apt-get'], folders).length && findIn(['dpkg-deb'], folders).length) {
    say('Fetching Redis from the distribution (once, into the project, without root) …')
    try {
      const fetched = await fetchRedisWithApt(cacheFolder)
      const version = await versionOf(fetched.file, fetched.libraryPath)
      if (version && isNewEnough(version)) {
        return { kind: 'binary', ...fetched, version, source: 'apt' }
      }
      reasons.push(`apt: ${version ? `it has only ${version}` : 'what it has does not run'}`)
    } catch (error) {
      reasons.push(`apt: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  const [brew] = findIn(['brew'], folders)
  if (brew) {
    say('Installing Redis with Homebrew (once) …')
    try {
      await run(brew, ['install', '--quiet', 'redis'])
      const brewed = await installed()
      if (brewed) return { kind: 'binary', ...brewed, source: 'homebrew' }
    } catch {
      reasons.push('brew install redis failed')
    }
  }

  const [docker] = findIn(['docker'], folders)
  if (docker) {
    try {
      // The client alone proves nothing: an engine has to answer.
      await run(docker, ['info', '--format', '{{.ServerVersion}}'], { timeout: 10_000 })
      return { kind: 'docker', image: dockerImage, source: 'docker' }
    } catch {
      reasons.push('docker has no running engine')
    }
  }

  throw new RedisNotFoundError(reasons)
}
