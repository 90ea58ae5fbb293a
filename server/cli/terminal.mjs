// @ts-check
// What the launcher prints. Colour and the running seconds only on a terminal: in a log every step
// is one line when it begins to take time and one when it is done.

import { PlainError } from '../embedded/plain-error.mjs'
import { fileProblem } from './file-problem.mjs'

const out = process.stdout
const plain = !out.isTTY || Boolean(process.env.NO_COLOR) || process.env.TERM === 'dumb'

/** @param {number} code */
const paint = (code) => (/** @type {string} */ text) =>
  plain ? text : `\u001b[${code}m${text}\u001b[0m`
export const bold = paint(1)
export const dim = paint(2)
export const red = paint(31)
export const green = paint(32)
export const yellow = paint(33)

/** How often a step that goes on says so in a log. */
const logEveryMs = 20_000

let openLine = false

/** @param {string} [text] */
export function line(text = '') {
  if (openLine) out.write('\r\u001b[2K')
  openLine = false
  out.write(`${text}\n`)
}

/** @param {number} since a reading of performance.now() @returns {string} */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * Runs one step of the work, saying so.
 *
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T>} work `note` replaces what stands behind
 *   the title
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = performance.now()
  let note = ''
  let said = -logEveryMs
  const show = () => {
    const text = `${title.padEnd(14)} ${dim(`${note ? `${note}  ` : ''}${Math.round((performance.now() - since) / 1000)} s`)}`
    if (!plain) {
      out.write(`\r\u001b[2K  ${yellow('…')} ${text}`)
      openLine = true
    } else if (performance.now() - said > logEveryMs) {
      said = performance.now()
      line(`  … ${title}${note ? `: ${note}` : ''}`)
    }
  }
  // What is done at once needs no line that says it began.
  const timer = setInterval(show, 500)
  try {
    const result = await work((text) => {
      note = text
      if (!plain) show()
    })
    line(`  ${green('✓')} ${title.padEnd(14)} ${note ? `${note}  ` : ''}${dim(seconds(since))}`)
    return result
  } catch (error) {
    line(`  ${red('✗')} ${title.padEnd(14)} ${dim(seconds(since))}`)
    throw error
  } finally {
    clearInterval(timer)
  }
}

/**
 * The one end of every command of the launcher: a sentence for what the user can mend, a stack for
 * what is our mistake.
 *
 * @param {unknown} error
 */
export function sayError(error) {
  const text =
    error instanceof PlainError
      ? error.message
      : (fileProblem(error) ??
        (error instanceof Error ? (error.stack ?? error.message) : String(error)))
  if (openLine) line()
  process.stderr.write(`\n${red('Stopped:')} ${text}\n`)
}
