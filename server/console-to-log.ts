import { format } from 'node:util'
import type { Logger } from 'pino'

const LEVELS = { error: 'error', warn: 'warn', info: 'info', log: 'info', debug: 'debug' } as const

/**
 * What libraries print goes into the log as well: as it comes it would be lines of their own, and what a
 * request made them say would look like ours.
 *
 * @returns gives the console back
 */
export function consoleToLog(log: Logger): () => void {
  const before = { ...console }
  for (const [method, level] of Object.entries(LEVELS)) {
    const write = (...said: unknown[]) => log[level]({ from: 'console' }, format(...said))
    Object.assign(console, { [method]: write })
  }
  return () => {
    Object.assign(console, before)
  }
}
