import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Receiver, startReceiver } from '@/test/lib/notifications/receiver'
import { expect, expectAccessible, test } from './fixtures/test'

let receiver: Receiver
test.beforeAll(async () => {
  receiver = await startReceiver()
})
test.afterAll(() => receiver.stop())

/** What a program that has the secret finds out about a word. */
function holds(secret: string, { headers, body }: Receiver['received'][number]): boolean {
  const signature = String(headers['x-signalbox-signature'])
  const [, seconds = '', mac = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? []
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex') === mac
}

async function asAdmin(page: Page, link: string, url: string) {
  // Who signs in anew in a browser ends the session that it had, and others share that one.
  await page.context().clearCookies()
  await page.goto(link)
  await page.waitForURL((it) => it.pathname !== '/sign-in')
  await page.goto(`${url}/settings?section=notifications`)
}

test('a webhook is made, tried, told of a death, and removed', async ({ page, room }) => {
  await asAdmin(page, await room.signInLink('ada', 'admin'), room.url)
  await expect(page.getByText('Nobody is told')).toBeVisible()

  // By the keyboard alone, up to the secret.
  await page.getByRole('button', { name: 'New webhook…' }).press('Enter')
  await page.keyboard.type('pager')
  await page.keyboard.press('Tab')
  await page.keyboard.type('http://10.0.0.1/hook')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('private address')
  await expectAccessible(page)
  await dialog.getByLabel('Address').fill(`http://127.0.0.1:${receiver.port}/hook`)
  await dialog.getByRole('checkbox', { name: 'Everything that needs attention' }).press('Space')
  await dialog.getByRole('checkbox', { name: 'A coordinator, or many, died' }).press('Space')
  await dialog.getByRole('button', { name: 'Make webhook' }).press('Enter')
  const secret = await page.getByLabel('Secret', { exact: true }).innerText()
  await page.getByRole('button', { name: 'Done' }).press('Enter')
  await expect(page.locator('body')).not.toContainText(secret)

  const panel = page.getByRole('region', { name: 'pager' })
  await panel.getByRole('button', { name: 'Send a test to pager' }).click()
  await expect(page.getByText('pager took the test.')).toBeVisible()
  await expect(panel.getByRole('listitem')).toContainText('delivered')
  const [trial] = receiver.received
  expect(trial && holds(secret, trial)).toBe(true)

  // Somebody who comes by HTTP, and is never heard of again.
  const headers = { origin: room.url, 'x-signalbox': '1' }
  const scope = { kind: 'coordinator', id: 'lonely', acts: true }
  const made = await page.request.post('/api/v1/tokens', { headers, data: { name: 'ci', scope } })
  const { token, id } = await made.json()
  const asLonely = (method: 'POST' | 'DELETE', body: object) =>
    fetch(`${room.url}/api/v1/coordinators/lonely/registration`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const { epoch, instance } = await (await asLonely('POST', { thresholdMs: 1000 })).json()
  await expect(panel.getByText('lonely is dead')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await page.setViewportSize({ width: 360, height: 740 })
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  const word = receiver.received.at(-1)
  expect(receiver.received).toHaveLength(2)
  expect(word && holds(secret, word)).toBe(true)
  expect(JSON.parse(word?.body ?? '{}')).toMatchObject({
    kind: 'attention',
    url: `${room.url}/attention`,
    entries: [{ kind: 'dead', title: 'lonely is dead', coordinators: ['lonely'] }],
  })

  await panel.getByRole('button', { name: 'Remove pager' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Nobody is told')).toBeVisible()

  // Other specs may use this room: it is left as it was found.
  await asLonely('DELETE', { epoch, instance })
  const forgotten = await page.request.post('/api/v1/coordinators/lonely/forget', {
    headers,
    data: { reason: 'the spec is over' },
  })
  expect(forgotten.status()).toBe(200)
  await page.request.delete(`/api/v1/tokens/${id}`, { headers })
})
