import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { postWebhook, type WebhookPost } from '@/lib/notifications/post-webhook'
import type { AddressRules } from '@/lib/notifications/reachable-address'
import { type Receiver, startReceiver } from './receiver'

let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())

const allowed = ['127.0.0.1', '::1']
const post = (
  url: string,
  rules: Partial<AddressRules> = {},
  more: Partial<WebhookPost> = {},
  timeoutMs?: number,
) =>
  postWebhook(
    {
      url,
      secret: 'hush',
      deliveryId: 'd-1',
      attempt: 2,
      body: '{"a":1}',
      now: 1_700_000_000,
      ...more,
    },
    { allowed: [], ...rules },
    timeoutMs,
  )
const here = (host = '127.0.0.1') => `http://${host}:${receiver.port}/hook?x=1`

describe('a webhook', () => {
  it('is posted with a signature over its time and its bytes', async () => {
    const result = await post(here(), { allowed })
    expect(result).toMatchObject({ ok: true, status: 204 })
    const [it] = receiver.received
    expect(it).toMatchObject({ path: '/hook?x=1', body: '{"a":1}' })
    expect(it?.headers).toMatchObject({
      host: `127.0.0.1:${receiver.port}`,
      'content-type': 'application/json',
      'x-signalbox-delivery': 'd-1',
      'x-signalbox-attempt': '2',
    })
    const mac = createHmac('sha256', 'hush').update('1700000000.{"a":1}').digest('hex')
    expect(it?.headers['x-signalbox-signature']).toBe(`t=1700000000,v1=${mac}`)
  })

  it('follows no redirect', async () => {
    const target = await startReceiver()
    receiver.answer = {
      status: 307,
      headers: { location: `http://127.0.0.1:${target.port}/metadata` },
    }
    const result = await post(here(), { allowed })
    expect(result).toMatchObject({ ok: false, status: 307 })
    expect(result).toHaveProperty('error', 'it answered 307, and redirects are not followed')
    expect(target.received).toEqual([])
    await target.stop()
  })

  it('tells what failed in our words, and nothing that the receiver said', async () => {
    receiver.answer = { status: 500, body: 'hunter2', headers: { 'x-secret': 'hunter2' } }
    expect(await post(here(), { allowed })).toMatchObject({ ok: false, error: 'it answered 500' })
    receiver.answer = 'hangs up'
    expect(await post(here(), { allowed })).toMatchObject({ error: 'it broke off the connection' })
    await receiver.stop()
    expect(await post(here(), { allowed })).toMatchObject({ error: 'nobody listens there' })
    expect(await post('http://no-such-name.invalid/')).toMatchObject({
      error: 'its name has no address',
    })
  })

  it('does not wait for ever for an answer', async () => {
    receiver.answer = 'nothing'
    expect(await post(here(), { allowed }, {}, 200)).toMatchObject({
      ok: false,
      error: 'no answer within 0.2 s',
    })
  })
})

describe('a webhook reaches no private address', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '10.0.0.1',
    '169.254.169.254',
    '[fe80::1]',
    '[fd00::1]',
  ])('at %s', async (host) => {
    const result = await post(here(host))
    expect(result.ok).toBe(false)
    expect(result).toHaveProperty('error', expect.stringContaining('is a private address'))
    expect(receiver.received).toEqual([])
  })

  it('by a name that has one, among others', async () => {
    const resolve = async () => ['93.184.216.34', '10.0.0.1']
    const result = await post(here('hooks.example'), { resolve })
    expect(result).toHaveProperty('error', expect.stringContaining('10.0.0.1 is a private address'))
  })

  it('by a name that stands for another address once it was checked', async () => {
    const asked: string[] = []
    // The first answer is allowed, all later ones are the address that the attacker wants.
    const resolve = async (name: string) => {
      asked.push(name)
      return [asked.length === 1 ? '127.0.0.2' : '127.0.0.1']
    }
    const safe = await startReceiver('127.0.0.2', receiver.port)
    const result = await post(here('rebinding.example'), { allowed: ['127.0.0.2'], resolve })
    expect(result).toMatchObject({ ok: true })
    expect(safe.received.map((it) => it.headers.host)).toEqual([`rebinding.example:${safe.port}`])
    expect([receiver.received, asked]).toEqual([[], ['rebinding.example']])
    await safe.stop()
  })

  it('unless it is allowed, and then that one only', async () => {
    expect(await post(here('localhost'), { allowed: ['127.0.0.0/8', '::1'] })).toMatchObject({
      ok: true,
    })
    expect(await post(here('10.0.0.1'), { allowed })).toMatchObject({ ok: false })
  })
})
