/**
 * What the library takes from the environment where a program does not say it in code.
 *
 * - `REDIS_PASSWORD`: for clients that were given none.
 */
export function redisPasswordFromEnvironment(env = process.env): string | undefined {
  return env.REDIS_PASSWORD || undefined
}

/**
 * `BLOCKING_COORDINATION_SECOND_SECRET`: while secrets are being replaced, a second one whose ACKs are
 * accepted as well.
 */
export function secondSecretFromEnvironment(env = process.env): string | undefined {
  return env.BLOCKING_COORDINATION_SECOND_SECRET || undefined
}
