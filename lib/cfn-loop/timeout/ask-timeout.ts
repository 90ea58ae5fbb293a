import type { ScriptRunner } from '../../redis/run-script'
import type { Death } from './death-reader'

export interface TimeoutQuestion {
  readonly coordinatorId: string
  /** Who claims the death, if nobody has. */
  readonly monitorId: string
  readonly autoCleanup: boolean
  readonly intervalMs: number
}

/** @returns its death, whoever found it; undefined where it is not timed out, or unknown */
export async function askTimeout(
  runner: ScriptRunner,
  question: TimeoutQuestion,
): Promise<Death | undefined> {
  const { keys } = runner
  const { coordinatorId } = question
  const answer = await runner.run(
    'checkTimeout',
    [
      keys.coordinator(coordinatorId),
      keys.events,
      keys.beats,
      keys.deadlines,
      keys.monitor,
      keys.settings,
    ],
    [coordinatorId, question.monitorId, question.autoCleanup ? '1' : '', question.intervalMs],
  )
  const [code, liveness, seq, monitorId = '', at, lastBeat, silentMs, thresholdMs] = answer
  if (code !== 'OK' || !seq || (liveness !== 'dead' && liveness !== 'escalated')) return undefined
  return {
    seq,
    coordinatorId,
    at: Number(at),
    lastBeat: Number(lastBeat),
    silentMs: Number(silentMs),
    thresholdMs: Number(thresholdMs),
    iteration: Number(answer[8]),
    phase: answer[9] || undefined,
    monitorId,
    cleaned: answer[10] === '1',
  }
}
