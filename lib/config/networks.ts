import { BlockList, isIP } from 'node:net'

/** `10.1.2.3`, `10.1.2.0/24`, `fd00::/8` … */
export function isNetwork(text: string): boolean {
  return parseNetwork(text) !== undefined
}

/** Whether an address is in one of these networks; unreadable ones hold nothing. */
export function networksOf(texts: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const text of texts) {
    const it = parseNetwork(text)
    if (it) list.addSubnet(it.address, it.bits, it.family)
  }
  return (address) => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }
}

function parseNetwork(text: string) {
  const [address = '', bitsText, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return undefined
  const most = family === 4 ? 32 : 128
  const bits = bitsText === undefined ? most : Number(bitsText)
  if (bitsText === '' || !Number.isInteger(bits) || bits < 0 || bits > most) return undefined
  return { address, bits, family: family === 4 ? ('ipv4' as const) : ('ipv6' as const) }
}
