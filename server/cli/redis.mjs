// @ts-check
// `npm run redis -- status|stop|start`: the Redis that the project keeps, from another terminal.

import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheFolder, dataFolder } from '../embedded/data-folders.mjs'
import { keepRedis } from '../embedded/keep-redis.mjs'
import { askKeeper } from '../embedded/keeper-control.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { readArguments } from './arguments.mjs'
import { endWithSignals } from './end-with-signals.mjs'
import { line, sayError } from './terminal.mjs'

const help = `npm run redis -- status | stop | start [--demo]

The Redis that Signalbox runs by itself (not one that you named with REDIS_URL).

  status    whether it runs, where, and how often it was restarted
  stop      stops it on purpose: nobody restarts it, until
  start     starts it again, with the same data; without a control room, in the background

  --demo    the demo's, when both run (the one that runs is found without)`

const { demo, help: wantsHelp, words } = readOwnArguments()
const folders = { ordinary: redisFolder(false), demo: redisFolder(true) }

/** @param {boolean} ofDemo */
function redisFolder(ofDemo) {
  return path.join(dataFolder({ demo: ofDemo }), 'redis')
}

function readOwnArguments() {
  try {
    return readArguments(process.argv.slice(2), help, true)
  } catch (error) {
    sayError(error)
    process.exit(1)
  }
}

/** Which of the two is meant: the demo's when it is named, or the only one that runs. */
async function meant() {
  if (demo) return folders.demo
  if (await askKeeper(folders.ordinary, 'status')) return folders.ordinary
  return (await askKeeper(folders.demo, 'status')) ? folders.demo : folders.ordinary
}

/** @param {string} folder */
const label = (folder) => (folder === folders.demo ? "The demo's Redis" : 'Redis')

async function status() {
  for (const folder of demo ? [folders.demo] : Object.values(folders)) {
    const kept = await askKeeper(folder, 'status')
    if (!kept) {
      if (folder === folders.ordinary || demo) line(`${label(folder)} does not run.`)
      continue
    }
    const restarts = kept.restarts ? `, restarted after a crash: ${kept.restarts}` : ''
    const state =
      kept.state === 'stopped'
        ? 'was stopped on purpose'
        : `${kept.state === 'running' ? 'runs' : 'is starting'} on 127.0.0.1:${kept.port}${kept.pid ? ` (pid ${kept.pid})` : ''}`
    line(`${label(folder)} ${state}${restarts}; kept by process ${kept.keeperPid}.`)
  }
}

async function stop() {
  const folder = await meant()
  const kept = await askKeeper(folder, 'stop')
  line(kept ? `${label(folder)} is stopped.` : `${label(folder)} does not run.`)
}

async function start() {
  const folder = await meant()
  const kept = (await askKeeper(folder, 'start')) ?? (await startInBackground(folder))
  line(`${label(folder)} runs on 127.0.0.1:${kept.port} (pid ${kept.pid}).`)
}

/** @param {string} folder */
async function startInBackground(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = openSync(path.join(folder, 'keeper.log'), 'a', 0o600)
  const keeper = spawn(
    process.execPath,
    [import.meta.filename, 'keep', ...(folder === folders.demo ? ['--demo'] : [])],
    { detached: true, stdio: ['ignore', log, log] },
  )
  let ended = false
  keeper.once('exit', () => {
    ended = true
  })
  keeper.unref()
  // A first start may fetch it.
  for (let waited = 0; waited < 120_000 && !ended; waited += 50) {
    const kept = await askKeeper(folder, 'status')
    if (kept?.state === 'running') return kept
    await sleep(50)
  }
  throw new PlainError(`Redis did not start; ${path.join(folder, 'keeper.log')} says why.`)
}

/** The process behind `start` when no control room runs. */
async function keep() {
  /** @type {(() => Promise<unknown>)[]} */
  const closers = []
  const ending = endWithSignals(closers)
  const kept = await keepRedis({
    folder: redisFolder(demo),
    cacheFolder,
    say: line,
    // Nothing else runs here: stopped on purpose, there is nothing left to keep.
    onStopped: () => setTimeout(() => void ending.end(0), 100),
  })
  if (!kept.ours) process.exit(0)
  closers.push(kept.close)
}

const commands = new Map([
  ['status', status],
  ['stop', stop],
  ['start', start],
  ['keep', keep],
])
const command = commands.get(words[0] ?? 'status')
if (wantsHelp) {
  line(help)
} else if (!command || words.length > 1) {
  sayError(new PlainError(`There is no command "${words.join(' ')}".\n\n${help}`))
  process.exitCode = 1
} else {
  await command().catch((error) => {
    sayError(error)
    process.exit(1)
  })
}
