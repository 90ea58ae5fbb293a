// @ts-check
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The nearest folder above with a package.json: bundled code lies deeper than its source. */
function findProjectFolder() {
  let folder = import.meta.dirname
  while (!existsSync(path.join(folder, 'package.json')) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder)
  }
  return folder
}

export const projectFolder = findProjectFolder()

/** Fetched and generated things: deleting it costs time, never data. */
export const cacheFolder = path.join(projectFolder, '.signalbox/cache')

/**
 * Where one control room keeps what must survive: Redis' files, secrets, logs.
 *
 * @param {{ demo?: boolean, env?: NodeJS.ProcessEnv }} [options] the demo's is apart
 * @returns {string}
 */
export function dataFolder({ demo = false, env = process.env } = {}) {
  const base = path.resolve(projectFolder, env.SIGNALBOX_DATA_DIR ?? '.signalbox')
  return demo ? path.join(base, 'demo') : base
}

/**
 * A file that only its owner reads, whatever the umask.
 *
 * @param {string} file
 * @param {string} text
 * @param {'w' | 'wx'} [flag] `wx` throws EEXIST when it is there
 */
export function writePrivate(file, text, flag = 'w') {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, text, { mode: 0o600, flag })
  // The mode above counts only for a new file.
  chmodSync(file, 0o600)
}

/**
 * A secret of 32 random bytes, made at the first start and kept.
 *
 * @param {string} file
 * @returns {string} 64 hexadecimal digits
 */
export function keptSecret(file) {
  try {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept.length >= 32) return kept
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
  }
  const fresh = randomBytes(32).toString('hex')
  writePrivate(file, `${fresh}\n`)
  return fresh
}
