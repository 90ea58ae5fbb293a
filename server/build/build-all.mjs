// @ts-check
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectFolder } from '../embedded/data-folders.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { runTool } from './run-tool.mjs'
import { sourceHash } from './source-hash.mjs'

const pagesFolder = path.join(projectFolder, process.env.NEXT_DIST_DIR ?? '.next')
// Kept with what it speaks of: deleting the folder makes the build stale.
const stamps = [
  path.join(pagesFolder, 'built-from'),
  path.join(projectFolder, 'dist/server/built-from'),
]

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

/** Whether the last build was made of exactly these sources. */
export function isBuildFresh() {
  const hash = sourceHash()
  return stamps.every((stamp) => read(stamp) === hash)
}

/**
 * Builds pages and server.
 *
 * @param {(note: string) => void} [note]
 * @throws with the end of what the failing tool said
 */
export async function buildAll(note = () => {}) {
  // Taken first: what is edited during the build is not in it.
  const hash = sourceHash()
  for (const stamp of stamps) rmSync(stamp, { force: true })
  // Types of routes that are gone break the build.
  rmSync(path.join(pagesFolder, 'dev/types'), { recursive: true, force: true })
  note('pages')
  const next = path.join(projectFolder, 'node_modules/next/dist/bin/next')
  const { code, output } = await runTool(process.execPath, [next, 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  if (code !== 0) throw new PlainError(`The pages could not be built:\n${output.slice(-3000)}`)
  note('server')
  // In a process of its own: esbuild would stay in the launcher's memory as long as that runs.
  const bundler = path.join(projectFolder, 'server/build/build-server.mjs')
  const bundled = await runTool(process.execPath, [bundler])
  if (bundled.code !== 0) {
    throw new PlainError(`The server could not be bundled:\n${bundled.output.slice(-3000)}`)
  }
  note('')
  for (const stamp of stamps) writeFileSync(stamp, hash)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildAll((note) => console.log(`Building ${note} …`))
    console.log('Built.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
