import { expect, it } from 'vitest'
import { clientAddress } from '@/server/http/client-address'

const from = (forwarded: string | undefined, proxies: number) =>
  clientAddress(
    {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      socket: { remoteAddress: '10.0.0.9' },
    } as unknown as Parameters<typeof clientAddress>[0],
    proxies,
  )

it('believes nobody where no proxy stands in front', () => {
  expect(from('192.0.2.1', 0)).toBe('10.0.0.9')
})

it('believes what its own proxies added, not what the client wrote before', () => {
  expect(from('203.0.113.5, 192.0.2.1', 1)).toBe('192.0.2.1')
  expect(from('203.0.113.5, 192.0.2.1, 10.0.0.8', 2)).toBe('192.0.2.1')
  expect(from('2001:db8::1', 1)).toBe('2001:db8::1')
})

it('falls back to the link where that is no address', () => {
  for (const header of [undefined, '', 'evil', 'x'.repeat(1000)]) {
    expect(from(header, 1)).toBe('10.0.0.9')
  }
  expect(from('192.0.2.1', 3)).toBe('10.0.0.9')
})
