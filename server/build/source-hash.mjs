// @ts-check
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../embedded/data-folders.mjs'

/** Everything that a build reads. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'server',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** @param {string} file @returns {string[]} the file, or all files below the folder, in order */
function filesBelow(file) {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [file]
  return readdirSync(file)
    .sort()
    .flatMap((name) => filesBelow(path.join(file, name)))
}

/** @returns {string} the same for the same sources, wherever the project lies */
export function sourceHash() {
  const hash = createHash('sha256').update(process.version)
  for (const file of sources.flatMap((name) => filesBelow(path.join(projectFolder, name)))) {
    hash.update(path.relative(projectFolder, file)).update('\0')
    hash.update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}
