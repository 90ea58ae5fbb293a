import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { ConfigurationError } from '../redis/errors'

/** One secret, and the name that ACKs signed with it carry. */
export interface AckKey {
  /** Derived from the secret, so that all who share it agree on the name without being told. */
  readonly keyId: string
  readonly key: KeyObject
}

/** The keys whose ACKs are accepted, and the one that signs. */
export interface KeyRing {
  readonly current: AckKey
  find(keyId: string): AckKey | undefined
}

export const SECRET_SETTING = 'BLOCKING_COORDINATION_SECRET'

/** Shorter secrets can be guessed from a single ACK. */
export const MIN_SECRET_BYTES = 32

/**
 * @param secret signs, and is accepted
 * @param second is accepted as well: set it everywhere while a secret is being replaced, first to
 *   the new one and, once everybody signs with that, to the old one until its ACKs have run out
 * @throws ConfigurationError without a secret
 */
export function createKeyRing(secret: string | undefined, second?: string): KeyRing {
  if (secret === undefined || secret === '') {
    throw new ConfigurationError(SECRET_SETTING, 'hmacSecret is missing, and ACKs need one')
  }
  const current = ackKey(secret)
  const other = second ? ackKey(second) : undefined
  return {
    current,
    find: (keyId) =>
      keyId === current.keyId ? current : keyId === other?.keyId ? other : undefined,
  }
}

/** One line for people when a secret is too short, else undefined. */
export function secretWarning(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret)
  return bytes < MIN_SECRET_BYTES
    ? `${SECRET_SETTING} has ${bytes} bytes; use at least ${MIN_SECRET_BYTES} random ones`
    : undefined
}

function ackKey(secret: string): AckKey {
  const key = createSecretKey(Buffer.from(secret, 'utf8'))
  const keyId = createHmac('sha256', key).update('signalbox key id').digest('hex').slice(0, 16)
  return { keyId, key }
}
