import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networksOf } from '../config/networks'
import { isPublicAddress, plainAddress } from './public-address'

/** A receiver that is not to be reached from here. The message says which address, and what would allow it. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
  constructor(readonly address: string) {
    super(
      `${address} is a private address; SIGNALBOX_PRIVATE_WEBHOOKS names those that may be reached`,
    )
  }
}

export interface AddressRules {
  /** Addresses and networks that are private and may be reached all the same. */
  readonly allowed: readonly string[]
  /** All addresses of a name. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>
}

const resolveByName = async (hostname: string) =>
  (await lookup(hostname, { all: true, verbatim: true })).map((it) => it.address)

/**
 * The address to connect to, and no other: a name is looked up once, here, so that it cannot stand for
 * another address when the connection is made. A name that has any forbidden address is forbidden.
 *
 * @param hostname of a URL, an IPv6 address in its brackets
 * @throws ForbiddenAddressError, or what the look-up throws
 */
export async function reachableAddress(
  hostname: string,
  { allowed, resolve = resolveByName }: AddressRules,
): Promise<string> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  const found = isIP(bare) === 0 ? await resolve(bare) : [bare]
  const isAllowed = networksOf(allowed)
  const addresses = found.map(plainAddress)
  for (const address of addresses) {
    if (!isPublicAddress(address) && !isAllowed(address)) throw new ForbiddenAddressError(address)
  }
  const [first] = addresses
  if (first === undefined) throw new Error(`${bare} has no address`)
  return first
}
