// @ts-check
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { projectFolder } from '../embedded/data-folders.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { stopWithParent } from '../embedded/stop-with-parent.mjs'

/**
 * What a program says on stdout, as one line of JSON, once it can be used.
 *
 * @typedef {{ ready: true, url?: string, signInUrl?: string }} ReadyLine
 *
 * @typedef {object} StartedProgram
 * @property {ReadyLine} ready
 * @property {Promise<string>} ended resolves with the end of its log
 * @property {() => boolean} isRunning
 * @property {() => Promise<void>} stop it and whatever it started. Idempotent
 *
 * @typedef {object} ProgramOptions
 * @property {string} name for people
 * @property {string[]} args of node
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [logFile] where its other lines go; without one they are passed on
 * @property {(line: ReadyLine) => void} [onReadyAgain] a watcher started it anew
 * @property {number} [readyDeadlineMs]
 */

const stopDeadlineMs = 6_000

/**
 * Starts a program of ours in a process group of its own and waits for its ready line.
 *
 * @param {ProgramOptions} options
 * @returns {Promise<StartedProgram>}
 * @throws with the end of its log when it ended, or was not ready in time
 */
export async function startProgram(options) {
  const { name, args, env, logFile, readyDeadlineMs = 60_000 } = options
  if (logFile) mkdirSync(path.dirname(logFile), { recursive: true, mode: 0o700 })
  const log = logFile ? createWriteStream(logFile, { flags: 'a', mode: 0o600 }) : undefined
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C must reach us only: we stop things in an order in which nothing is lost.
    detached: true,
  })
  const pid = child.pid ?? 0
  const letGo = pid ? stopWithParent(pid, { group: true }) : () => {}
  let running = true
  /** @type {string[]} */
  const last = []
  /** @type {ReadyLine | undefined} */
  let ready
  /** @type {(() => void) | undefined} */
  let wake

  const hear = (/** @type {string} */ line) => {
    const said = parseReady(line)
    if (said) {
      if (ready) options.onReadyAgain?.(said)
      ready = said
      wake?.()
      return
    }
    last.push(line)
    if (last.length > 30) last.shift()
    if (log) log.write(`${line}\n`)
    else process.stderr.write(`${line}\n`)
  }
  createInterface({ input: child.stdout }).on('line', hear)
  createInterface({ input: child.stderr }).on('line', hear)
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    const end = (/** @type {string} */ how) => {
      running = false
      log?.end()
      // What it started may still be there.
      signalGroup(pid, 'SIGKILL')
      letGo()
      wake?.()
      resolve([...last, how].slice(-15).join('\n'))
    }
    child.once('error', (error) => end(error.message))
    child.once('close', (code, signal) => end(`(ended with ${signal ?? `code ${code}`})`))
  })

  const stop = async () => {
    if (!running) return
    // The program itself first: it ends its own children in good order.
    child.kill('SIGTERM')
    const impatient = setTimeout(() => signalGroup(pid, 'SIGKILL'), stopDeadlineMs)
    await ended
    clearTimeout(impatient)
  }
  const impatient = setTimeout(() => wake?.(), readyDeadlineMs)
  await new Promise((resolve) => {
    wake = () => resolve(undefined)
    if (ready || !running) wake()
  })
  clearTimeout(impatient)
  if (!ready) {
    const why = running ? `was not ready after ${readyDeadlineMs / 1000} s` : 'ended'
    await stop()
    throw new PlainError(`${name} ${why}. It said last:\n${await ended}`)
  }
  return { ready, ended, isRunning: () => running, stop }
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  if (!pid) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody is left in it.
  }
}

/** @param {string} line @returns {ReadyLine | undefined} */
function parseReady(line) {
  if (!line.startsWith('{"ready":true')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
