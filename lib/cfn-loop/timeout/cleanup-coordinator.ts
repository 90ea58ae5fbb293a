import type { ScriptRunner } from '../../redis/run-script'
import { okOrThrow } from '../../redis/script-codes'

/**
 * Removes what is left of a coordinator among the living, and its cached ACKs; one that lives is marked as
 * stopped.
 *
 * @returns Redis' time of it, ms
 */
export async function cleanupCoordinator(
  runner: ScriptRunner,
  coordinatorId: string,
): Promise<number> {
  const { keys } = runner
  const answer = await runner.run(
    'cleanupCoordinator',
    [keys.coordinator(coordinatorId), keys.events, keys.deadlines, keys.beats, keys.signals],
    [coordinatorId],
  )
  const [, , now] = okOrThrow(answer, { operation: 'cleanup', coordinatorId })
  return Number(now)
}
