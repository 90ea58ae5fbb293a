import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { readExactAck } from '../protocol/read-ack'
import type { AckVerdict, SignalAck } from '../protocol/signal'
import { createKeyRing, type KeyRing } from './key-ring'

/** Names the layout of `canonicalAck`; another layout gets another name. */
const CANONICAL_VERSION = 'signalbox-ack-1'

/** An ACK before it is signed. */
export type AckFields = Omit<SignalAck, 'keyId' | 'signature' | 'mac'>

/**
 * What `mac` is computed over: the UTF-8 bytes of a JSON array of strings and integers, without
 * spaces. In this order: layout's name, namespace ('' for the default one), key id, coordinator,
 * on whose behalf, signal, source, iteration, timestamp, epoch, status, and of the metadata each
 * field that is present as its name and value, in the order `phase`, `signalType`, `signedBy`.
 */
export function canonicalAck(ack: AckFields & { keyId: string }, namespace = ''): string {
  const { phase, signalType, signedBy } = ack.metadata ?? {}
  const parts: (string | number)[] = [
    CANONICAL_VERSION,
    namespace,
    ack.keyId,
    ack.coordinatorId,
    ack.onBehalfOf,
    ack.signalId,
    ack.source,
    ack.iteration,
    ack.timestamp,
    ack.epoch,
    ack.status,
  ]
  if (ack.metadata) parts.push('metadata')
  if (phase !== undefined) parts.push('phase', phase)
  if (signalType !== undefined) parts.push('signalType', signalType)
  if (signedBy !== undefined) parts.push('signedBy', signedBy)
  return JSON.stringify(parts)
}

/** Signs with the ring's current key: the signature that helpers check by hand, and the MAC. */
export function signAck(fields: AckFields, ring: KeyRing, namespace = ''): SignalAck {
  const { keyId, key } = ring.current
  return {
    ...fields,
    keyId,
    signature: hmac(key, signedText(fields)),
    mac: hmac(key, canonicalAck({ ...fields, keyId }, namespace)),
  }
}

export type CheckedMac =
  | { readonly verdict: 'valid'; readonly ack: SignalAck }
  | { readonly verdict: Extract<AckVerdict, 'malformed' | 'unverified' | 'forged'> }

/**
 * Says whether an ACK, whatever it may be, was signed with a key of the ring. Takes the same time
 * for every MAC of the right form, and never throws.
 */
export function checkMac(value: unknown, ring: KeyRing, namespace = ''): CheckedMac {
  try {
    const ack = readExactAck(value)
    if (!ack) return { verdict: 'malformed' }
    const signer = ring.find(ack.keyId)
    if (!signer) return { verdict: 'unverified' }
    // Both are always computed: which of the two is wrong must not show in the time it takes.
    const macHolds = sameHex(ack.mac, hmac(signer.key, canonicalAck(ack, namespace)))
    const signatureHolds = sameHex(ack.signature, hmac(signer.key, signedText(ack)))
    return macHolds && signatureHolds ? { verdict: 'valid', ack } : { verdict: 'forged' }
  } catch {
    // A getter or proxy that throws is no ACK.
    return { verdict: 'malformed' }
  }
}

/** True for an ACK that was signed with this secret, or with a key of this ring. Never throws. */
export function verifyAck(ack: unknown, secret: string | KeyRing, namespace = ''): boolean {
  if (secret === '') return false
  const ring = typeof secret === 'string' ? createKeyRing(secret) : secret
  return checkMac(ack, ring, namespace).verdict === 'valid'
}

function signedText(ack: AckFields): string {
  return `${ack.coordinatorId}:${ack.source}:${ack.iteration}:${ack.timestamp}`
}

/** As 64 digits: making a buffer of it would take as long again. */
function hmac(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** The schema has made sure that `hex` is 64 digits. */
function sameHex(hex: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hex, 'latin1'), Buffer.from(expected, 'latin1'))
}
