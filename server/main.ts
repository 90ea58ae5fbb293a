import { readServerConfig, ServerConfigError } from '@/lib/config/server-config'
import { consoleToLog } from './console-to-log'
import { projectFolder } from './embedded/data-folders.mjs'
import { createLogger } from './log'
import { firstSignInUrl } from './sign-in-url'

// The control room's process: reads the environment, starts everything, says when it is ready, and
// ends everything when told to.

const SHUTDOWN_DEADLINE_MS = 5000

try {
  const config = readServerConfig(process.env)
  // React and Next choose their code by this, the moment they are loaded.
  Object.assign(process.env, { NODE_ENV: config.development ? 'development' : 'production' })
  const log = createLogger(config.logLevel)
  // In development they are for people, at a terminal.
  if (!config.development) consoleToLog(log)
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'))

  const { createServer } = await import('./create-server')
  const server = await createServer({ config, log, dir: projectFolder })

  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(1), SHUTDOWN_DEADLINE_MS).unref()
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
  // Whoever runs already must not be kept out by a Redis that is slow right now.
  const signInUrl = await firstSignInUrl(server.runtime).catch((error: unknown) => {
    log.warn({ err: error }, 'no first link: npm run sign-in-link makes one')
    return undefined
  })
  process.stdout.write(
    `${JSON.stringify({ ready: true, url: server.url, ...(signInUrl ? { signInUrl } : {}) })}\n`,
  )
  log.info({ url: server.url }, 'ready')
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${message}\n`)
  if (!(error instanceof ServerConfigError) && process.env.LOG_LEVEL === 'debug') {
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
  }
  process.exit(1)
}
