// @ts-check
import { PlainError } from '../embedded/plain-error.mjs'

/**
 * `npm run up --demo`, without `--` between them, starts without the sample swarm: npm takes what it
 * does not know for a setting of its own, and says so only in its environment. Nobody should find that
 * out from an empty board, or from a user with the wrong role.
 *
 * @param {string[]} options names, without dashes
 * @param {NodeJS.ProcessEnv} [env]
 * @throws PlainError naming the line that does it
 */
export function refuseKeptByNpm(options, env = process.env) {
  const kept = options.find((name) => env[`npm_config_${name}`])
  if (!kept) return
  const command = env.npm_lifecycle_event ?? 'up'
  throw new PlainError(
    `npm kept --${kept} for itself. Write -- before what is meant for Signalbox: \`npm run ${command} -- … --${kept}\`.`,
  )
}
