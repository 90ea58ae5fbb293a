// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../embedded/data-folders.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { findChromium } from './find-chromium.mjs'
import { runTool } from './run-tool.mjs'

/**
 * The Chromium for browser tests; fetched when there is none.
 *
 * @param {(note: string) => void} [note]
 * @returns {Promise<string>} its path
 * @throws one sentence that says what to install
 */
export async function installChromium(note = () => {}) {
  const present = await findChromium()
  if (present) return present
  /** @type {{ output: string }} */
  let last
  // Ubuntu's package of that name only points to a snap.
  if (process.getuid?.() === 0 && isDebian()) {
    note('apt-get install chromium')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await runTool('apt-get', ['update', '--quiet'], { env })
    last = await runTool('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], {
      env,
    })
  } else {
    note('playwright install chromium')
    const playwright = path.join(projectFolder, 'node_modules/@playwright/test/cli.js')
    last = await runTool(process.execPath, [playwright, 'install', 'chromium'])
  }
  const installed = await findChromium()
  if (installed) return installed
  throw new PlainError(
    'No Chromium for the browser tests: install one (Debian: sudo apt-get install chromium; ' +
      'elsewhere: npx playwright install --with-deps chromium), or name one with CHROMIUM_PATH. ' +
      `Fetching one failed: ${last.output.trim().slice(-300)}`,
  )
}

function isDebian() {
  const file = '/etc/os-release'
  return existsSync(file) && /^ID=debian$/m.test(readFileSync(file, 'utf8'))
}
