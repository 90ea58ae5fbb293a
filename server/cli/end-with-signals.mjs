// @ts-check
import { line, sayError } from './terminal.mjs'

/** `npm run` hands a Ctrl-C on that we had from the terminal already: the same one, not a second. */
const sameCtrlCMs = 1_000

/**
 * Ends this process in good order: on Ctrl-C, SIGTERM and a closed terminal, or when told. A second
 * Ctrl-C ends it at once; what it started is ended all the same, by the guards.
 *
 * @param {(() => Promise<unknown>)[]} closers called one after the other; may still grow
 */
export function endWithSignals(closers) {
  let begunAt = 0
  const ending = {
    get begun() {
      return begunAt > 0
    },
    /** @param {number} code */
    async end(code) {
      if (begunAt) return
      begunAt = performance.now()
      for (let close = closers.shift(); close; close = closers.shift()) {
        await close().catch(sayError)
      }
      process.exit(code)
    },
  }
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
    if (ending.begun) {
      if (performance.now() - begunAt > sameCtrlCMs) process.exit(130)
      return
    }
    line()
    line('  Stopping …')
    const code = signal === 'SIGINT' ? 130 : 143
    ending.end(closers.length ? 0 : code).catch(sayError)
  }
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, onSignal)
  }
  return ending
}
