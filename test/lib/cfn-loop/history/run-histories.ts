import fc from 'fast-check'
import type { CoreRedis } from '@/test/labs/core-redis'
import { signalsHarness } from '../signals-harness'
import { checkHistory } from './check-history'
import { history, inWords } from './step'
import { World } from './world'

/**
 * Lets random histories happen, each in a namespace of its own, and checks the whole of each. A failure
 * prints its seed and path, and the shortest history that fails; `SIGNALBOX_SEED` runs a seed again, with
 * `SIGNALBOX_PATH` only that history (up to the first colon: the one it was shortened from).
 */
export async function runHistories(
  server: CoreRedis,
  { runs = 30, steps = 60, giveUpMs = 60_000 } = {},
): Promise<void> {
  let count = 0
  const property = fc.asyncProperty(history(steps), async (happening) => {
    count += 1
    const box = signalsHarness(server, `history-${count}`)
    try {
      const world = await World.begin(box)
      for (const step of happening) await world.happen(step)
      await checkHistory(box, world)
    } finally {
      await box.endAll()
      box.redis.disconnect()
    }
  })
  const { SIGNALBOX_SEED: seed, SIGNALBOX_PATH: path } = process.env
  const result = await fc.check(property, {
    numRuns: runs,
    // Looking for the shortest one may take long; what was found until then is told.
    interruptAfterTimeLimit: giveUpMs,
    markInterruptAsFailure: true,
    ...(seed ? { seed: Number(seed) } : {}),
    ...(path ? { path } : {}),
  })
  if (!result.failed) return
  const [shortest] = result.counterexample ?? []
  throw new Error(
    `SIGNALBOX_SEED=${result.seed} SIGNALBOX_PATH=${result.counterexamplePath} fails:\n${inWords(shortest ?? [])}`,
    { cause: result.errorInstance },
  )
}
