import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'

const BATCH = 200

/**
 * Makes `thresholdMs` the threshold of every coordinator of the namespace that names none of its own, of
 * those who are registered and of those to come.
 */
export async function setNamespaceThreshold(
  runner: ScriptRunner,
  thresholdMs: number,
): Promise<void> {
  const { redis, keys, run } = runner
  const answer = okOrThrow(await run('setSettings', [keys.settings], [thresholdMs]), {
    operation: 'set the threshold',
    coordinatorId: '',
  })
  if (answer[1] !== '1') return
  // In pieces, so that no beat waits long for Redis; whoever was interrupted here begins again.
  const ids = await redis.smembers(keys.coordinators)
  for (let from = 0; ; from += BATCH) {
    const last = from + BATCH >= ids.length
    await run(
      'applyThreshold',
      [keys.settings, keys.events, keys.deadlines],
      [last ? '1' : '', ...ids.slice(from, from + BATCH)],
    )
    if (last) return
  }
}
