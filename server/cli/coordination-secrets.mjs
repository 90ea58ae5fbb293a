// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { keptSecret } from '../embedded/data-folders.mjs'
import { PlainError } from '../embedded/plain-error.mjs'

/** There only while the secret is being replaced, put there by whoever replaces it. */
const secondFile = 'coordination-second-secret'

/**
 * The secret that coordinators sign with, made at the first start, and the second one where there is
 * one; each from the environment, else from its file in the data folder.
 *
 * @param {string} dataFolder
 * @param {Record<string, string | undefined>} [env]
 * @returns {Record<string, string>} by the names of their variables
 */
export function coordinationSecrets(dataFolder, env = process.env) {
  const secret =
    env.BLOCKING_COORDINATION_SECRET || keptSecret(path.join(dataFolder, 'coordination-secret'))
  const second = env.BLOCKING_COORDINATION_SECOND_SECRET || readSecond(dataFolder)
  return {
    BLOCKING_COORDINATION_SECRET: secret,
    ...(second ? { BLOCKING_COORDINATION_SECOND_SECRET: second } : {}),
  }
}

/** @param {string} dataFolder */
function readSecond(dataFolder) {
  const file = path.join(dataFolder, secondFile)
  if (!existsSync(file)) return undefined
  const second = readFileSync(file, 'utf8').trim()
  if (second.length >= 32) return second
  throw new PlainError(`${file} holds no secret of 32 characters: write one, or remove the file.`)
}
