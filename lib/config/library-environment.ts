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

/**
 * `BLOCKING_COORDINATION_REPLICAS`: what is accepted was stored by so many replicas as well. Default 0.
 * NaN where it is no whole number up to 99.
 */
export function replicasFromEnvironment(env = process.env): number {
  const text = env.BLOCKING_COORDINATION_REPLICAS || '0'
  return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
}
