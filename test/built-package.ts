import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runProcess } from './run-process'
import { until } from './until'

const root = path.resolve(import.meta.dirname, '..')
const cache = path.join(root, '.signalbox/cache')
const lock = path.join(cache, 'package.lock')
const stamp = path.join(cache, 'package.hash')
const target = path.join(root, 'dist/signalbox')

/** Whoever holds the lock for longer has died over it. */
const STALE_LOCK_MS = 180_000

/**
 * The folder of the package as `npm run build:lib` makes it of the sources as they are. Test files ask at
 * the same time, from processes of their own: one builds, the others wait.
 */
export async function builtPackage(): Promise<string> {
  mkdirSync(cache, { recursive: true })
  await until(takeLock, 100)
  try {
    const hash = sourcesHash()
    if (read(stamp) !== hash || read(path.join(target, 'package.json')) === undefined) {
      const { code, stdout, stderr } = await runProcess(
        [path.join(root, 'server/build/build-lib.mjs')],
        { cwd: root },
      )
      if (code !== 0) throw new Error(`build:lib failed: ${stdout}${stderr}`)
      writeFileSync(stamp, hash)
    }
  } finally {
    rmdirSync(lock)
  }
  return target
}

function takeLock(): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    const held = statSync(lock, { throwIfNoEntry: false })
    if (held && Date.now() - held.mtimeMs > STALE_LOCK_MS) rmdirSync(lock)
    return false
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join('lib', name))
    .sort()
  const others = [
    'package.json',
    'tsconfig.json',
    'tsconfig.lib.json',
    'server/build/build-lib.mjs',
    'LICENSE',
  ]
  for (const file of [...files, ...others]) {
    hash
      .update(file)
      .update('\0')
      .update(read(path.join(root, file)) ?? '')
  }
  return hash.digest('hex')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
