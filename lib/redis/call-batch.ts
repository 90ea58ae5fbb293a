import type { RedisLike } from './redis-like'
import type { ScriptName } from './scripts.generated'

/** Scripts that take several calls at once (`scripts/includes/calls.lua`). */
const BATCHED: ReadonlySet<ScriptName> = new Set<ScriptName>([
  'sendSignal',
  'acknowledgeSignal',
  'beatCoordinator',
])

export type BatchedAnswer = string[][]

/** Runs a script with all its arguments, the prefix among them; answers for each call. */
export type EvaluateBatch = (
  name: ScriptName,
  keys: string[],
  args: (string | number)[],
) => Promise<BatchedAnswer>

interface Batch {
  readonly keys: Set<string>
  readonly args: (string | number)[]
  readonly calls: { resolve: (answer: string[]) => void; reject: (error: unknown) => void }[]
}

/** One script call holds Redis up no longer than this many calls take, a few milliseconds. */
const MOST_CALLS = 64

/** Whether calls of this script may share a script call. */
export function isBatched(name: ScriptName): boolean {
  return BATCHED.has(name)
}

/**
 * The calls that one process makes of one script in one turn of its event loop, as one script call: of a
 * hundred signals under way this saves most of what each costs, and of a single one nothing. The calls stay
 * apart: each has its own answer, and one that fails changes nothing for the others.
 */
export class CallBatches {
  readonly #prefix: string
  readonly #evaluate: EvaluateBatch
  readonly #open = new Map<ScriptName, Batch>()

  constructor(prefix: string, evaluate: EvaluateBatch) {
    this.#prefix = prefix
    this.#evaluate = evaluate
  }

  call(
    name: ScriptName,
    actor: string,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<string[]> {
    let batch = this.#open.get(name)
    if (!batch) {
      batch = { keys: new Set(), args: [this.#prefix], calls: [] }
      this.#open.set(name, batch)
      // Behind all that is going on in this turn, and before anything is read from or written to a socket.
      process.nextTick(() => this.#flush(name))
    }
    for (const key of keys) batch.keys.add(key)
    batch.args.push(actor, args.length, ...args)
    const { calls } = batch
    const answer = new Promise<string[]>((resolve, reject) => calls.push({ resolve, reject }))
    if (calls.length === MOST_CALLS) this.#flush(name)
    return answer
  }

  #flush(name: ScriptName): void {
    const batch = this.#open.get(name)
    if (!batch) return
    this.#open.delete(name)
    const { calls } = batch
    this.#evaluate(name, [...batch.keys], batch.args).then(
      (answers) => {
        for (const [index, { resolve, reject }] of calls.entries()) {
          const answer = answers[index]
          if (!answer || answer[0] === 'ERROR') reject(errorOf(answer?.[1]))
          else resolve(answer)
        }
      },
      (error: unknown) => {
        for (const { reject } of calls) reject(error)
      },
    )
  }
}

/** As ioredis would throw it, had the call been alone. */
function errorOf(message = 'ERR the script did not answer for this call'): Error {
  const error = new Error(message)
  error.name = 'ReplyError'
  return error
}

const batches = new WeakMap<RedisLike, Map<string, CallBatches>>()

/** Those of a connection and namespace: all who use both share them. */
export function callBatchesOf(
  redis: RedisLike,
  prefix: string,
  evaluate: EvaluateBatch,
): CallBatches {
  const known = batches.get(redis) ?? new Map<string, CallBatches>()
  batches.set(redis, known)
  const mine = known.get(prefix) ?? new CallBatches(prefix, evaluate)
  known.set(prefix, mine)
  return mine
}
