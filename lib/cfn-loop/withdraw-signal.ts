import { hintHubOf } from '../redis/hint-hub'
import type { ScriptRunner } from '../redis/run-script'
import { databaseOf } from '../redis/subscriber-connection'

export interface WithdrawRequest {
  readonly signalId: string
  readonly reason?: string | undefined
  /** Only from the inbox of this coordinator. */
  readonly holder?: string | undefined
}

/**
 * Takes a signal back from those who have not answered.
 *
 * @returns those, or undefined where the signal has no record
 */
export async function withdrawSignal(
  runner: ScriptRunner,
  { signalId, reason = '', holder = '' }: WithdrawRequest,
): Promise<string[] | undefined> {
  const { keys, redis } = runner
  const db = databaseOf(redis)
  const [code, ...pairs] = await runner.run(
    'cancelSignal',
    [keys.signalRecord(signalId)],
    [signalId, reason, db, holder],
  )
  if (code !== 'OK') return undefined
  const hub = hintHubOf(redis)
  const gone = JSON.stringify({ k: 'gone', db, signalId })
  const targets: string[] = []
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    targets.push(pairs[at] ?? '')
    // Whoever waits in this process must not be given it after this call.
    hub.tellLocally(keys.hint(pairs[at + 1] ?? ''), gone)
  }
  return targets
}
