import { isObject, isPlainCount, isPlainId, isPlainSignalId } from './plain'
import {
  ackKeyIdPattern,
  hmacPattern,
  MAX_ITERATION,
  type SignalAck,
  type StoredAck,
  signalAckSchema,
  storedAckSchema,
} from './signal'

/** Unknown fields would not be covered by the MAC: there must be none. */
export const exactAckSchema = signalAckSchema
  .extend({
    metadata: signalAckSchema.shape.metadata.unwrap().strict().optional(),
  })
  .strict()

/** What `exactAckSchema` makes of a value; undefined where that refuses it. */
export function readExactAck(value: unknown): SignalAck | undefined {
  return plainAck(value) ?? exactAckSchema.safeParse(value).data
}

/** What `storedAckSchema` makes of a value; undefined where that refuses it. */
export function readStoredAck(value: unknown): StoredAck | undefined {
  if (isObject(value)) {
    const { epoch, by, ack } = value
    if (isPlainCount(epoch) && isPlainId(by) && ack !== undefined) return { epoch, by, ack }
  }
  return storedAckSchema.safeParse(value).data
}

/** Each field is read once: of an object that answers differently each time, what was judged counts. */
function plainAck(value: unknown): SignalAck | undefined {
  if (!isObject(value)) return undefined
  const { coordinatorId, signalId, source, timestamp, iteration, status } = value
  const { onBehalfOf, epoch, keyId, signature, mac, metadata } = value
  if (!isPlainId(coordinatorId) || !isPlainId(source) || !isPlainId(onBehalfOf)) return undefined
  if (!isPlainSignalId(signalId) || status !== 'received') return undefined
  if (!isPlainCount(timestamp) || !isPlainCount(epoch)) return undefined
  if (!isPlainCount(iteration) || iteration > MAX_ITERATION) return undefined
  if (typeof keyId !== 'string' || !ackKeyIdPattern.test(keyId)) return undefined
  if (!isHmac(signature) || !isHmac(mac)) return undefined
  const ack: SignalAck = {
    coordinatorId,
    signalId,
    source,
    timestamp,
    iteration,
    status,
    onBehalfOf,
    epoch,
    keyId,
    signature,
    mac,
  }
  if (metadata === undefined) return countFields(value) === 11 ? ack : undefined
  const known = plainMetadata(metadata)
  return known && countFields(value) === 12 ? { ...ack, metadata: known } : undefined
}

function plainMetadata(value: unknown): SignalAck['metadata'] {
  if (!isObject(value)) return undefined
  const { signalType, phase } = value
  const metadata: NonNullable<SignalAck['metadata']> = {}
  let known = 0
  if (typeof signalType === 'string') {
    metadata.signalType = signalType
    known += 1
  }
  if (typeof phase === 'string') {
    metadata.phase = phase
    known += 1
  }
  return countFields(value) === known ? metadata : undefined
}

function isHmac(value: unknown): value is string {
  return typeof value === 'string' && hmacPattern.test(value)
}

function countFields(value: object): number {
  let count = 0
  for (const _ in value) count += 1
  return count
}
