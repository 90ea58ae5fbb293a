import { awaitReplicas } from './await-replicas'
import { callBatchesOf, isBatched } from './call-batch'
import { ConfigurationError, RedisFullError } from './errors'
import type { NamespaceKeys } from './keys'
import { isCluster, type RedisLike } from './redis-like'
import { type ScriptName, scripts } from './scripts.generated'

/**
 * Runs one atomic operation. `keys` are those known beforehand, at least one, so that a Cluster can
 * route; `args` are what comes after the namespace's prefix and the actor.
 * Answers an array whose first element is a code (`script-codes.ts`).
 *
 * A script may run twice for one call: a client that resends what was unanswered when its link broke
 * does that. Every script is therefore written so that the second run has no further effect.
 */
export type RunScript = (
  name: ScriptName,
  keys: string[],
  args: (string | number)[],
) => Promise<string[]>

/** Runs scripts in one namespace, in the name of one actor. */
export interface ScriptRunner {
  readonly redis: RedisLike
  readonly keys: NamespaceKeys
  /** Who the events name: a coordinator's id, `monitor:<id>`, `operator:<name>`, `system` … */
  readonly actor: string
  readonly run: RunScript
}

/** @throws ConfigurationError on a Cluster without a hash tag in the namespace's prefix, or with replicas to wait for */
export function createScriptRunner(
  redis: RedisLike,
  keys: NamespaceKeys,
  actor = 'system',
): ScriptRunner {
  if (isCluster(redis) && !/\{[^}]+\}/.test(keys.prefix)) {
    throw new ConfigurationError(
      'namespace',
      `on Redis Cluster one has to be named, such as 'swarm-a': all its keys have to be in one slot, and the prefix ${keys.prefix} has no hash tag`,
    )
  }
  const batches = callBatchesOf(redis, keys.prefix, async (...call) => {
    const answers = await evaluateRaw(redis, ...call)
    return Array.isArray(answers) ? answers.map(toStrings) : []
  })
  const run: RunScript = (name, scriptKeys, args) =>
    isBatched(name)
      ? batches.call(name, actor, scriptKeys, args)
      : evaluate(redis, name, scriptKeys, [keys.prefix, actor, ...args])
  return { redis, keys, actor, run: awaitReplicas(redis, run) }
}

/** What each connection was sent as text already, so that its Redis knows it by its hash. */
const sent = new WeakMap<RedisLike, Set<ScriptName>>()

/** One script on one connection, with all its arguments. */
export async function evaluate(
  redis: RedisLike,
  name: ScriptName,
  keys: string[],
  args: (string | number | Buffer)[],
): Promise<string[]> {
  return toStrings(await evaluateRaw(redis, name, keys, args))
}

async function evaluateRaw(
  redis: RedisLike,
  name: ScriptName,
  keys: string[],
  args: (string | number | Buffer)[],
): Promise<unknown> {
  const script = scripts[name]
  let known = sent.get(redis)
  if (!known) {
    known = new Set()
    sent.set(redis, known)
  }
  try {
    // The text at once the first time: asking by hash first would let later calls overtake this one.
    if (!known.has(name)) {
      known.add(name)
      return await redis.eval(script.lua, keys.length, ...keys, ...args)
    }
    return await redis.evalsha(script.sha1, keys.length, ...keys, ...args)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // Another Redis answers now (restart, failover, another node of a Cluster): tell it the text.
    if (error.message.startsWith('NOSCRIPT')) {
      return await redis.eval(script.lua, keys.length, ...keys, ...args)
    }
    if (error.message.startsWith('OOM')) throw new RedisFullError(name, error)
    throw error
  }
}

function toStrings(answer: unknown): string[] {
  if (!Array.isArray(answer)) return [toText(answer)]
  return answer.map(toText)
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : String(value)
}
