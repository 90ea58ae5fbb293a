import type { Json } from '../protocol/json'
import type { NamespaceKeys } from '../redis/keys'
import { type AcknowledgingLife, notATarget } from './acknowledge-signal'
import { checkJson } from './signal-input'

/**
 * Says that what was acknowledged is done.
 *
 * @returns true when it is completed, now or before; false when it was not acknowledged
 * @throws InvalidInputError for a result too large, or who is not a target; FencedError
 */
export async function completeSignal(
  life: AcknowledgingLife,
  keys: NamespaceKeys,
  signalId: string,
  result: Json | undefined,
): Promise<boolean> {
  const { json } = checkJson('result', result)
  const [code] = await life.write(
    'completeSignal',
    [keys.signalRecord(signalId)],
    [signalId, json],
    'completeSignal',
  )
  if (code === 'FOREIGN') throw notATarget(life.coordinatorId)
  return code === 'OK'
}
