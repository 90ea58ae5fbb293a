// @ts-check
// `npm run example -- 3`: runs one of the programs in examples/, on a Redis of its own that is gone
// afterwards, with a secret made for it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { arePackagesFresh, installPackages } from '../build/install-packages.mjs'
import { cacheFolder, projectFolder } from '../embedded/data-folders.mjs'
import { findRedis } from '../embedded/find-redis.mjs'
import { freePort } from '../embedded/free-port.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { runRedis } from '../embedded/run-redis.mjs'
import { refuseKeptByNpm } from './kept-by-npm.mjs'
import { dim, line, sayError } from './terminal.mjs'

const folder = path.join(projectFolder, 'examples')
const programs = readdirSync(folder)
  .filter((name) => /^\d-.*\.ts$/.test(name))
  .sort()

const help = `npm run example -- N [--fast]

${programs.map((name) => `  ${name.slice(0, 1)}  ${name.slice(2, -3).replaceAll('-', ' ')}`).join('\n')}

  --fast  waits a hundredth of the time, in those that wait`

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  sayError(error)
  process.exitCode = 1
}

/** @param {string[]} argv @returns {Promise<number>} */
async function main(argv) {
  refuseKeptByNpm(['fast'])
  const [number, ...flags] = argv
  const program = programs.find((name) => name.startsWith(`${number}-`))
  const unknown = flags.find((it) => it !== '--fast')
  if (unknown) throw new PlainError(`There is no option ${unknown}.\n\n${help}`)
  if (number === undefined || number === '--help') {
    line(help)
    return number === undefined ? 1 : 0
  }
  if (!program) throw new PlainError(`There is no example ${number}.\n\n${help}`)
  if (!arePackagesFresh()) {
    line('  Installing packages, once …')
    await installPackages()
  }
  return runProgram(path.join(folder, program), flags)
}

/** @param {string} file @param {string[]} flags @returns {Promise<number>} */
async function runProgram(file, flags) {
  const found = await findRedis({ cacheFolder, say: (note) => line(dim(`  ${note}`)) })
  const data = mkdtempSync(path.join(tmpdir(), 'signalbox-example-'))
  const password = randomBytes(16).toString('hex')
  const port = await freePort()
  const start = () =>
    runRedis({ program: found, folder: data, port, password, appendOnly: true, temporary: true })
  let redis = await start()
  try {
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...flags], {
      cwd: projectFolder,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        REDIS_HOST: '127.0.0.1',
        REDIS_PORT: String(port),
        REDIS_PASSWORD: password,
        BLOCKING_COORDINATION_SECRET: randomBytes(32).toString('hex'),
      },
    })
    // One that watches an outage says when: Redis is really stopped, and started with its data.
    const switchRedis = async (/** @type {string | undefined} */ to) => {
      if (to === 'stop') await redis.stop()
      else if (to === 'start' && !redis.isRunning()) redis = await start()
      child.send({ done: to })
    }
    child.on('message', (message) => {
      const { redis: to } = /** @type {{ redis?: string }} */ (message)
      switchRedis(to).catch((error) => {
        sayError(error)
        child.kill()
      })
    })
    for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM'])) {
      process.once(signal, () => child.kill(signal))
    }
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => resolve(code ?? 1))
    })
  } finally {
    await redis.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
