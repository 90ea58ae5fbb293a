// @ts-check
// `npm run sign-in-link`: runs a command of the built server against the Redis and the address of
// the control room that runs here.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dataFolder, keptSecret, projectFolder } from '../embedded/data-folders.mjs'
import { keptAddress } from '../embedded/keep-redis.mjs'
import { askKeeper } from '../embedded/keeper-control.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { refuseKeptByNpm } from './kept-by-npm.mjs'
import { sayError } from './terminal.mjs'

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

const { REDIS_URL, REDIS_SENTINELS, REDIS_HOST, REDIS_PORT } = process.env
const isElsewhere = Boolean(REDIS_URL || REDIS_SENTINELS || REDIS_HOST || REDIS_PORT)

/** @param {boolean} demo */
async function environment(demo) {
  const folder = dataFolder({ demo })
  const own = isElsewhere ? {} : await keptEnvironment(folder)
  const url = process.env.SIGNALBOX_URL ?? readText(path.join(folder, 'control-room-url'))
  return {
    ...process.env,
    ...own,
    ...(url ? { SIGNALBOX_URL: url } : {}),
    BLOCKING_COORDINATION_SECRET:
      process.env.BLOCKING_COORDINATION_SECRET ||
      keptSecret(path.join(folder, 'coordination-secret')),
    SIGNALBOX_DATA_DIR: folder,
  }
}

/** @param {string} folder */
async function keptEnvironment(folder) {
  const redisFolder = path.join(folder, 'redis')
  const kept = await askKeeper(redisFolder, 'status')
  if (kept?.state === 'stopped') {
    throw new PlainError(
      'Its Redis was stopped on purpose: `npm run redis -- start` starts it again.',
    )
  }
  if (kept?.state !== 'running') {
    throw new PlainError('Signalbox does not run here: start it with `npm run up` first.')
  }
  return { REDIS_URL: keptAddress(redisFolder, kept.port).url }
}

try {
  refuseKeptByNpm(['demo', 'role', 'all'])
  const [command = '', ...words] = process.argv.slice(2)
  const named = words.includes('--demo')
  const ordinary = await askKeeper(path.join(dataFolder(), 'redis'), 'status')
  // Before the build is looked at: who has started nothing yet is told of the one command that does both.
  const env = await environment(named || (!ordinary && !isElsewhere))
  const program = path.join(projectFolder, 'dist/server/cli', `${command}.js`)
  if (!/^[a-z-]+$/.test(command) || !existsSync(program)) {
    throw new PlainError(`There is no command "${command}" in the build: run \`npm run build\`.`)
  }
  const args = [program, ...words.filter((word) => word !== '--demo')]
  process.exitCode = spawnSync(process.execPath, args, { env, stdio: 'inherit' }).status ?? 1
} catch (error) {
  sayError(error)
  process.exitCode = 1
}
