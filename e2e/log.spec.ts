import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures/test'

test.use({ swarm: true })

const lines = (page: Page) => page.getByRole('log').locator('time')

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/events${query}`)
  await expect(lines(page).first()).toBeVisible()
}

test('the log is followed, held, and followed again', async ({ page }) => {
  await open(page)
  const newest = await lines(page).first().getAttribute('datetime')
  await expect(lines(page).first()).not.toHaveAttribute('datetime', newest ?? '')
  await page.getByRole('button', { name: 'Hold' }).click()
  const held = await lines(page).first().getAttribute('datetime')
  await expect(page.getByRole('button', { name: /^Follow, \d+ new$/ })).toBeVisible()
  await expect(lines(page).first()).toHaveAttribute('datetime', held ?? '')
  await page.getByRole('button', { name: /^Follow/ }).click()
  await expect(lines(page).first()).not.toHaveAttribute('datetime', held ?? '')
})

test('what it shows stands in its address, and what is exported is the same', async ({ page }) => {
  await open(page, '?type=signal&of=atlas-lead')
  const types = page.getByRole('log').getByRole('button')
  for (const type of await types.allInnerTexts()) expect(type).toMatch(/^signal\./)
  await page.getByLabel('Search the log').fill('status_update')
  await expect(page).toHaveURL(/q=status_update/)
  await expect(lines(page).first()).toBeVisible()

  const saved = async (format: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format }).click(),
    ])
    return readFile(await file.path(), 'utf8')
  }
  const entries = (await saved('JSON lines'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries.length).toBeGreaterThan(0)
  for (const { type, data } of entries) {
    expect(type).toMatch(/^signal\./)
    expect(JSON.stringify(data)).toContain('atlas-lead')
    expect(JSON.stringify(data)).toContain('status_update')
  }
  const [head, first] = (await saved('CSV')).split('\r\n')
  expect(head).toBe('seq,at,type,actor,entity,data')
  expect(first).toContain(entries[0].seq)
})

test('what an operator did stands out, and each event shows the board of its moment', async ({
  page,
  room,
}) => {
  const action = await page.request.post('/api/v1/signals', {
    headers: { 'x-signalbox': '1', origin: room.url },
    data: { targets: ['atlas-lead'], type: 'status_update', iteration: 1 },
  })
  expect(action.ok()).toBe(true)
  await open(page, '?type=operator')
  const line = page.getByRole('log').getByRole('button', { name: 'operator.acted' }).first()
  await expect(line).toBeVisible()
  await expectAccessible(page)

  // Of all that happens, only what operators did; what nobody did is named.
  await open(page, '?by=operator')
  await expect(page.getByRole('log').getByRole('button').first()).toHaveText(/^operator\./)
  await page.getByRole('combobox', { name: 'By whom' }).selectOption('by spawner')
  await expect(page).toHaveURL(/by=spawner/)
  await page.getByLabel('Of one coordinator').fill('nobody-at-all')
  await expect(page.getByText('No event of nobody-at-all by a spawner')).toBeVisible()

  await open(page, '?type=operator')
  await line.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('send-signal')
  // It has an address of its own, whatever the log beside it shows; Back closes it.
  await expect(page).toHaveURL(/event=\d+-\d+/)
  const address = new URL(page.url())
  await page.goBack()
  await expect(dialog).toHaveCount(0)
  await page.goto(`/events?type=breaker&event=${address.searchParams.get('event')}`)
  await expect(dialog).toContainText('send-signal')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'The board at this moment' }).click()
  await expect(page.getByRole('region', { name: 'The past' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Hold|Follow)/ })).toHaveCount(0)
  await expect(dialog).toHaveCount(0)
  await expect(page).toHaveURL(/at=\d+-\d+/)
  await page.goBack()
  await expect(dialog).toContainText('send-signal')
  await page.goForward()
  // The log of then ends with that event.
  await page.getByRole('combobox', { name: 'Type of event' }).selectOption('operator')
  await expect(line).toBeVisible()
})

test('on a phone, each line is two, and nothing is wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open(page)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBe(360)
})
