// @ts-check
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * A server that was unpacked into the cache before.
 *
 * @param {string} cacheFolder
 * @returns {{ file: string, libraryPath: string } | undefined}
 */
export function cachedRedis(cacheFolder) {
  const root = path.join(cacheFolder, 'redis')
  const file = path.join(root, 'usr/bin/redis-server')
  return existsSync(file) ? { file, libraryPath: libraryPath(root) } : undefined
}

/**
 * Downloads Debian's or Ubuntu's own redis-server with the libraries that are not installed, and
 * unpacks it into the cache. Needs no root: apt gets state and cache folders of its own, and
 * nothing is installed.
 *
 * @param {string} cacheFolder
 * @returns {Promise<{ file: string, libraryPath: string }>}
 * @throws with apt's own last words
 */
export async function fetchRedisWithApt(cacheFolder) {
  mkdirSync(cacheFolder, { recursive: true })
  // Unpacked beside its place and renamed: two launchers at once both end with a whole one.
  const work = path.join(cacheFolder, `redis-fetch-${randomBytes(4).toString('hex')}`)
  const state = path.join(work, 'state')
  const cache = path.join(work, 'cache')
  const unpacked = path.join(work, 'root')
  for (const folder of [`${state}/lists/partial`, `${cache}/archives/partial`, unpacked]) {
    mkdirSync(folder, { recursive: true })
  }
  const options = [
    ['Dir::State', state],
    ['Dir::State::lists', `${state}/lists`],
    ['Dir::State::status', '/var/lib/dpkg/status'],
    ['Dir::Cache', cache],
    ['Dir::Cache::archives', `${cache}/archives`],
    ['Debug::NoLocking', '1'],
    ['APT::Sandbox::User', ''],
    ['Acquire::Languages', 'none'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const apt = (/** @type {string[]} */ ...words) =>
    run('apt-get', ['--quiet', '--yes', ...options, ...words], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      maxBuffer: 16 * 1024 * 1024,
    })
  try {
    await apt('update')
    await apt('install', '--no-install-recommends', '--download-only', 'redis-server')
    const packages = readdirSync(`${cache}/archives`).filter((name) => name.endsWith('.deb'))
    for (const name of packages)
      await run('dpkg-deb', ['-x', `${cache}/archives/${name}`, unpacked])
    repairServerLink(unpacked)
    const place = path.join(cacheFolder, 'redis')
    rmSync(place, { recursive: true, force: true })
    renameSync(unpacked, place)
  } catch (error) {
    if (!cachedRedis(cacheFolder)) throw new Error(lastWords(error))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  const fetched = cachedRedis(cacheFolder)
  if (!fetched) throw new Error('its redis-server package holds no server')
  return fetched
}

/**
 * `redis-server` is one program with `redis-check-rdb`, which acts by the name it is called. Where
 * the tools are installed but the server isn't, only the link arrives, and points nowhere.
 *
 * @param {string} root
 */
function repairServerLink(root) {
  const server = path.join(root, 'usr/bin/redis-server')
  if (existsSync(server)) return
  if (lstatSync(server, { throwIfNoEntry: false })) rmSync(server)
  const program = [path.join(root, 'usr/bin/redis-check-rdb'), '/usr/bin/redis-check-rdb'].find(
    (file) => existsSync(file),
  )
  if (!program) return
  mkdirSync(path.dirname(server), { recursive: true })
  symlinkSync(program.startsWith(root) ? 'redis-check-rdb' : program, server)
}

/** @param {string} root @returns {string} every folder with shared libraries, for LD_LIBRARY_PATH */
function libraryPath(root) {
  return ['usr/lib', 'lib']
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name.includes('-linux-'))
        .map((entry) => path.join(folder, entry.name)),
    ])
    .join(':')
}

/** @param {unknown} error */
function lastWords(error) {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  const line = text
    .split('\n')
    .reverse()
    .find((candidate) => candidate.startsWith('E:'))
  return (line ?? text)
    .replace(/^E:\s*/, '')
    .trim()
    .slice(0, 200)
}
