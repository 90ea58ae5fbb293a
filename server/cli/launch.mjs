// @ts-check

import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildAll, isBuildFresh } from '../build/build-all.mjs'
import { arePackagesFresh, installPackages } from '../build/install-packages.mjs'
import {
  dataFolder as chooseDataFolder,
  projectFolder,
  writePrivate,
} from '../embedded/data-folders.mjs'
import { tryPort } from '../embedded/free-port.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { parsePort, readArguments } from './arguments.mjs'
import { chooseRedis } from './choose-redis.mjs'
import { coordinationSecrets } from './coordination-secrets.mjs'
import { writeCoordinatorEnv } from './coordinator-env.mjs'
import { endWithSignals } from './end-with-signals.mjs'
import { startProgram } from './start-program.mjs'
import { bold, dim, line, sayError, step } from './terminal.mjs'

/** @typedef {'up' | 'start' | 'dev'} Mode */

const defaultPort = 3400

/** @type {Record<Mode, string>} */
const titles = {
  up: 'Installs and builds what is missing, then runs the control room with a Redis of its own.',
  start: 'Runs the control room as it was built.',
  dev: 'Runs the control room from its sources.',
}

/** @param {Mode} mode */
const help = (mode) => `npm run ${mode} [-- options]

${titles[mode]}

  --demo        with a sample swarm of real coordinator processes; its data stay apart
  --port N      where the control room listens (default ${defaultPort}; also PORT)
  --help        this

Environment:
  REDIS_URL, or REDIS_HOST and REDIS_PORT (and REDIS_PASSWORD): another Redis
  REDIS_SENTINELS (and REDIS_SENTINEL_NAME): one behind Sentinels
  BLOCKING_COORDINATION_SECRET: the secret that coordinators sign with (default: a generated one)
  BLOCKING_COORDINATION_SECOND_SECRET: while that is being replaced, the other one
  SIGNALBOX_DATA_DIR: where data and secrets are kept (default .signalbox)
  SIGNALBOX_REDIS_SERVER: the redis-server or valkey-server to run`

/**
 * @param {string[]} argv
 * @param {{ mode: Mode }} options
 */
export async function launch(argv, { mode }) {
  /** What was started, in the order in which it has to end. */
  /** @type {(() => Promise<unknown>)[]} */
  const closers = []
  const ending = endWithSignals(closers)
  try {
    const options = readArguments(argv, help(mode))
    if (options.help) return void line(help(mode))
    const port = parsePort(options.port ?? process.env.PORT ?? String(defaultPort), 'The port')
    await run({ mode, demo: options.demo, port, closers, ending })
  } catch (error) {
    if (ending.begun) return
    sayError(error)
    await ending.end(1)
  }
}

/**
 * @param {{ mode: Mode, demo: boolean, port: number, closers: (() => Promise<unknown>)[],
 *   ending: ReturnType<typeof endWithSignals> }} options
 */
async function run({ mode, demo, port, closers, ending }) {
  line(`\n${bold('Signalbox')}${demo ? dim('  with the sample swarm') : ''}`)
  // Asked now: nobody should wait for a build to learn this.
  if (!(await tryPort(port))) {
    throw new PlainError(
      `Port ${port} is in use (by another Signalbox?); choose another with PORT or --port.`,
    )
  }
  if (mode === 'up') {
    if (!arePackagesFresh()) await step('Packages', installPackages)
  } else if (!existsSync(path.join(projectFolder, 'node_modules/next'))) {
    throw new PlainError('The packages are not installed: run `npm install` first.')
  }

  const folder = chooseDataFolder({ demo })
  let say = (/** @type {string} */ text) => line(`  ${text}`)
  const redis = await step('Redis', async (note) => {
    const sayLater = say
    say = note
    const chosen = await chooseRedis({ dataFolder: folder, demo, say: (text) => say(text) })
    note(chosen.description)
    say = sayLater
    return chosen
  })
  closers.unshift(redis.close)

  if (mode === 'up' && !isBuildFresh()) await step('Build', buildAll)
  const main = path.join(projectFolder, mode === 'dev' ? 'server/main.ts' : 'dist/server/main.js')
  if (!existsSync(main)) {
    throw new PlainError(
      mode === 'dev'
        ? 'server/main.ts is missing.'
        : 'Nothing is built: run `npm run build` first.',
    )
  }

  const secrets = coordinationSecrets(folder)
  const coordinatorEnv = path.relative(
    process.cwd(),
    writeCoordinatorEnv(folder, redis.env, secrets),
  )
  const env = {
    ...process.env,
    ...redis.env,
    PORT: String(port),
    ...secrets,
    SIGNALBOX_DATA_DIR: folder,
    SIGNALBOX_COORDINATOR_ENV: coordinatorEnv,
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  const tsx = path.join(projectFolder, 'node_modules/tsx/dist/cli.mjs')
  const logFile = mode === 'dev' ? undefined : path.join(folder, 'logs/server.log')
  const server = await step('Control room', async (note) => {
    const started = await startProgram({
      name: 'The control room',
      // Without --enable-source-maps: it costs 34 MB, for line numbers of a readable bundle.
      args: mode === 'dev' ? [tsx, 'watch', '--clear-screen=false', main] : [main],
      env,
      ...(logFile ? { logFile } : {}),
      onReadyAgain: () => line(dim('  The server was started again.')),
    })
    note(started.ready.url ?? '')
    return started
  })
  closers.unshift(server.stop)
  server.ended.then((/** @type {string} */ last) => {
    if (ending.begun) return
    sayError(new PlainError(`the control room ended by itself. It said last:\n${last}`))
    return ending.end(1)
  }, sayError)

  if (demo) closers.unshift(await startDemo({ mode, env, folder, tsx, ending }))

  const { url = `http://127.0.0.1:${port}`, signInUrl } = server.ready
  // For commands from another terminal.
  writePrivate(path.join(folder, 'control-room-url'), `${url}\n`)
  line()
  line(signInUrl ? '  Open this link, once, to sign in as the first operator:' : '  Open:')
  line(`  ${bold(signInUrl ?? url)}`)
  if (!signInUrl) {
    line(
      dim(`  Signed out? \`npm run sign-in-link${demo ? ' -- --demo' : ''}\` prints a new link.`),
    )
  }
  line()
  line(dim(`  Data: ${path.relative(process.cwd(), folder) || folder}   Ctrl-C stops everything.`))
  line(
    dim(`  A coordinator of yours joins with: node --env-file=${coordinatorEnv} your-program.js`),
  )
}

/**
 * @param {{ mode: Mode, env: NodeJS.ProcessEnv, folder: string, tsx: string,
 *   ending: ReturnType<typeof endWithSignals> }} options
 */
async function startDemo({ mode, env, folder, tsx, ending }) {
  const base = path.join(projectFolder, mode === 'dev' ? 'server' : 'dist/server')
  const extension = mode === 'dev' ? 'ts' : 'js'
  const program = ['demo', 'demo/main']
    .map((name) => path.join(base, `${name}.${extension}`))
    .find((file) => existsSync(file))
  if (!program) throw new PlainError('The sample swarm is missing from this build.')
  const demo = await step('Sample swarm', () =>
    startProgram({
      name: 'The sample swarm',
      args: mode === 'dev' ? [tsx, program] : [program],
      env,
      logFile: path.join(folder, 'logs/demo.log'),
    }),
  )
  demo.ended.then((last) => {
    // The board shows what became of its coordinators; nothing else depends on it.
    if (!ending.begun) line(`  The sample swarm ended by itself. It said last:\n${last}`)
  }, sayError)
  return demo.stop
}
