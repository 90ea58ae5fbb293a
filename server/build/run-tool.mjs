// @ts-check
import { spawn } from 'node:child_process'
import { projectFolder } from '../embedded/data-folders.mjs'
import { stopWithParent } from '../embedded/stop-with-parent.mjs'

/**
 * Runs a program to its end and keeps what it said, for when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` its last 40,000 characters; code
 *   127 when the program is not there, 128 when a signal ended it
 */
export function runTool(command, args, { env = process.env, onLine, cwd = projectFolder } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const letGo = child.pid ? stopWithParent(child.pid, { group: true }) : () => {}
    let output = ''
    let rest = ''
    const hear = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString('utf8')
      output = (output + text).slice(-40_000)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine?.(line)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => {
      letGo()
      resolve({ code: 127, output: `${output}${error.message}` })
    })
    child.once('close', (code) => {
      letGo()
      if (rest) onLine?.(rest)
      resolve({ code: code ?? 128, output })
    })
  })
}
