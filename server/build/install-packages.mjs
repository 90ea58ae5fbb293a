// @ts-check
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../embedded/data-folders.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { runTool } from './run-tool.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} Locked
 *
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Whether node_modules is what the lock file asks for. npm writes its own account of what it
 * installed last of all, so that an interrupted install never looks whole.
 *
 * @returns {boolean}
 */
export function arePackagesFresh() {
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true
    const found = present[place]
    // Optional ones are there only on the platform that they are made for.
    return found ? found.version === version : Boolean(optional)
  })
}

/**
 * `npm ci`, as pinned. Development packages too, whatever NODE_ENV says: the build needs them.
 *
 * @param {(note: string) => void} [note]
 * @throws with the end of what npm said
 */
export async function installPackages(note = () => {}) {
  note('npm ci')
  // Under `npm run` this names npm's own program, which a PATH without npm lacks.
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const [command, words] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args]
  const { code, output } = await runTool(command, words, {
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  })
  if (code !== 0) {
    throw new PlainError(
      `npm ci failed; is the registry reachable? It said:\n${output.slice(-1500)}`,
    )
  }
}
