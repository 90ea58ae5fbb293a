import { isIP } from 'node:net'
import { networksOf } from '../config/networks'

/** Not to be reached from outside, or not by one receiver alone (RFC 6890 and its successors). */
const isSpecial4 = networksOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
/** Public is what is global unicast; within it, tunnels hide another address, which may be anything. */
const isGlobal6 = networksOf(['2000::/3'])
const isSpecial6 = networksOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** `::ffff:127.0.0.1` is `127.0.0.1`, however it is written. */
export function plainAddress(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (isIP(bare) !== 6) return bare
  const normal = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(normal)
  if (!mapped) return normal
  const high = Number.parseInt(mapped[1] ?? '0', 16)
  const low = Number.parseInt(mapped[2] ?? '0', 16)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** Whether an address is one that anybody on the internet could be asked at. */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address)
  const family = isIP(plain)
  if (family === 4) return !isSpecial4(plain)
  return family === 6 && isGlobal6(plain) && !isSpecial6(plain)
}
