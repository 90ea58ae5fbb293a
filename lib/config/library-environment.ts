/**
 * What the library takes from the environment where a program does not say it in code.
 *
 * - `REDIS_PASSWORD`: for clients that were given none.
 */
export function redisPasswordFromEnvironment(env = process.env): string | undefined {
  return env.REDIS_PASSWORD || undefined
}
