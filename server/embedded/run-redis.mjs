// @ts-check
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { redisEnvironment } from './find-redis.mjs'
import { pingRedis, untilRedisReady } from './ping-redis.mjs'
import { PlainError } from './plain-error.mjs'
import { stopWithParent } from './stop-with-parent.mjs'

/**
 * @typedef {object} RunOptions
 * @property {import('./find-redis.mjs').RedisProgram} program
 * @property {string} folder its data
 * @property {number} port on loopback
 * @property {string} [password]
 * @property {boolean} [appendOnly] keep every write (fsync each second), as products do; off in
 *   tests that don't kill it
 * @property {boolean} [temporary] the folder is deleted with it when this process dies
 * @property {[string, string][]} [settings] more of redis.conf
 * @property {Record<string, string>} [environment] of its process, beside what it has anyway
 *
 * @typedef {object} RunningRedis
 * @property {number} pid
 * @property {Promise<string>} exited resolves with the end of its log, once it is gone
 * @property {() => boolean} isRunning
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop resolves when it is gone; Redis
 *   writes its files first, on SIGTERM
 * @property {() => void} release leaves it running when this process ends
 */

const stopDeadlineMs = 10_000

export class RedisStartError extends PlainError {
  /** @override */
  name = 'RedisStartError'
}

/**
 * Starts a server and waits until it answers. It ends with this process, whatever ends that.
 *
 * @param {RunOptions} options
 * @returns {Promise<RunningRedis>}
 * @throws {RedisStartError} with the end of its log
 */
export async function runRedis(options) {
  const { program, folder, port, password, appendOnly = true } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const inDocker = program.kind === 'docker'
  const configuration = [
    ['bind', inDocker ? '0.0.0.0' : '127.0.0.1'],
    ['port', String(inDocker ? 6379 : port)],
    ['dir', inDocker ? '/data' : quoted(folder)],
    ['daemonize', 'no'],
    ['save', '""'],
    ['appendonly', appendOnly ? 'yes' : 'no'],
    ['appendfsync', 'everysec'],
    // A torn last entry after kill -9 or a full disk must not keep the rest from loading.
    ['aof-load-truncated', 'yes'],
    // Nothing may vanish by itself: a full Redis refuses, visibly.
    ['maxmemory-policy', 'noeviction'],
    ...(password ? [['requirepass', quoted(password)]] : []),
    ...(options.settings ?? []),
  ]
    .map((words) => words.join(' '))
    .join('\n')

  // By stdin: the command line is for everybody to read, and holds no password this way.
  const [command, args] = inDocker
    ? dockerCommand(program.image, folder, port)
    : [program.file, ['-']]
  const child = spawn(command, args, {
    cwd: folder,
    env: /** @type {NodeJS.ProcessEnv} */ ({
      ...redisEnvironment(inDocker ? undefined : program.libraryPath),
      ...options.environment,
    }),
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal must let the server above it finish first.
    detached: true,
  })
  let log = ''
  let running = true
  const keep = (/** @type {Buffer} */ chunk) => {
    log = (log + chunk.toString('utf8')).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.on('error', () => {})
  child.stdin.end(`${configuration}\n`)
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    const end = (/** @type {string} */ note) => {
      running = false
      resolve(log + note)
    }
    child.once('error', (error) => end(error.message))
    child.once('close', () => end(''))
  })
  const letGo = child.pid
    ? stopWithParent(child.pid, options.temporary ? { remove: folder } : {})
    : () => {}
  const release = () => letGo()
  exited.then(release, release)

  const address = { host: '127.0.0.1', port, password }
  const ready = await untilRedisReady(address, { gaveUp: () => !running })
  if (!ready || !running) {
    child.kill('SIGKILL')
    const state = running ? `answers ${await pingRedis(address)}` : 'ended'
    throw new RedisStartError(
      `Redis did not start on port ${port} (${state}): ${tail(await exited)}`,
    )
  }
  return {
    pid: child.pid ?? 0,
    exited,
    isRunning: () => running,
    stop: async (signal = 'SIGTERM') => {
      if (!running) return
      child.kill(signal)
      // Stopped (SIGSTOP) or stuck on its disk, it would never hear us.
      const impatient = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs)
      await exited
      clearTimeout(impatient)
    },
    release,
  }
}

/** @param {string} text as redis.conf takes it: folders and passwords may hold spaces */
const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`

/** @param {string} image @param {string} folder @param {number} port @returns {[string, string[]]} */
function dockerCommand(image, folder, port) {
  const user = process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`] : []
  const publish = ['--publish', `127.0.0.1:${port}:6379`, '--volume', `${folder}:/data`]
  return [
    'docker',
    ['run', '--rm', '--interactive', '--init', ...user, ...publish, image, 'redis-server', '-'],
  ]
}

/** @param {string} log its last lines, without process ids and times */
function tail(log) {
  const lines = log
    .split('\n')
    .map((line) => line.replace(/^\d+:\w .*? [*#-] /, '').trim())
    .filter(Boolean)
  return lines.slice(-3).join(' | ') || 'it said nothing'
}
