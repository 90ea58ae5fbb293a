// @ts-check

import { parseArgs } from 'node:util'
import { PlainError } from '../embedded/plain-error.mjs'
import { refuseKeptByNpm } from './kept-by-npm.mjs'

/** @param {string} text @param {string} name @returns {number} */
export function parsePort(text, name) {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new PlainError(`${name} must be a number from 1 to 65535, not "${text}".`)
}

/**
 * @param {string[]} argv
 * @param {string} help printed for --help, and named when an option is unknown
 * @param {boolean} [positionals]
 */
export function readArguments(argv, help, positionals = false) {
  refuseKeptByNpm(['demo', 'port'])
  try {
    const { values, positionals: words } = parseArgs({
      args: argv,
      allowPositionals: positionals,
      options: {
        demo: { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return { ...values, words }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${message.split('. ')[0]}.\n\n${help}`)
  }
}
