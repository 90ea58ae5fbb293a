import { describe, expect, it } from 'vitest'
import { isNetwork, networksOf } from '@/lib/config/networks'
import { isPublicAddress, plainAddress } from '@/lib/notifications/public-address'
import { webhookUrlSchema } from '@/lib/protocol/webhooks'

describe('an address that webhooks may reach', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '10.255.255.255', '100.64.0.1'],
    ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.0.1', '198.18.0.1'],
    ...['192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '255.255.255.255'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '0:0:0:0:0:ffff:a9fe:a9fe'],
    // Tunnels and translations: 127.0.0.1 and 10.0.0.1 in other clothes.
    ...['2002:7f00:1::', '2001:0:7f00:1::', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '::127.0.0.1'],
    ...['2001:db8::1', '[::1]', 'localhost', '', '1.2.3'],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '[2a00::1]',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it('is named in one way', () => {
    expect(plainAddress('::FFFF:10.1.2.3')).toBe('10.1.2.3')
    expect(plainAddress('2A00:0:0:0::1')).toBe('2a00::1')
  })

  it.each(['http://0x7f.1/', 'http://2130706433/', 'http://127.1/', 'http://[::ffff:7f00:1]/'])(
    'is not hidden by how %s is written',
    (url) => {
      expect(isPublicAddress(new URL(url).hostname)).toBe(false)
    },
  )
})

describe('networks', () => {
  it('are addresses, or addresses and how many of their bits count', () => {
    for (const it of ['10.1.2.3', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0']) {
      expect([it, isNetwork(it)]).toEqual([it, true])
    }
    for (const it of [
      '',
      'localhost',
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '::/129',
      '/8',
    ]) {
      expect([it, isNetwork(it)]).toEqual([it, false])
    }
    const holds = networksOf(['10.1.0.0/16', '::1'])
    expect(['10.1.255.1', '::1', '10.2.0.1', '::2'].map(holds)).toEqual([true, true, false, false])
  })
})

it('a webhook’s URL is http or https, and holds no password', () => {
  for (const url of ['https://example.org/x?y=1', 'http://[2a00::1]:8080/']) {
    expect(webhookUrlSchema.safeParse(url).success).toBe(true)
  }
  for (const url of [
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:1',
    'x',
    'https://a:b@c.de/',
  ]) {
    expect(webhookUrlSchema.safeParse(url).success).toBe(false)
  }
})
