import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures/test'

// Somebody alone on the board: together with the dead of other files they would be one entry.
test.use({ own: 'phone', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

const boxOf = async (it: Locator) => {
  const box = await it.boundingBox()
  if (box === null) throw new Error('it is not to be seen')
  return { ...box, bottom: box.y + box.height }
}

test('on a phone, whoever died is found and escalated by thumb', async ({ page, coordinators }) => {
  const pilot = await coordinators.start('ferry-pilot', { swarmId: 'ferry' })
  pilot.kill()
  await page.goto('/attention')
  const entry = page.getByRole('article', { name: 'ferry-pilot is dead' })
  await expect(entry).toBeVisible({ timeout: 30_000 })
  for (const name of ['I have seen it', 'Put off']) {
    const { width, height } = await boxOf(entry.getByRole('button', { name }))
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(32)
  }

  await entry.getByRole('button', { name: 'Escalate…' }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('it runs aground')
  // The foot stands at the window's edge, and covers nothing of the form; both come to rest first.
  const foot = dialog.getByRole('button', { name: 'Not now' }).locator('..')
  await expect(async () => {
    const [edge, end] = [await boxOf(dialog), await boxOf(foot)]
    expect(Math.abs(edge.bottom - end.bottom)).toBeLessThanOrEqual(2)
  }).toPass()
  await dialog.getByRole('button', { name: 'Escalate', exact: true }).tap()
  await expect(dialog.getByRole('button', { name: /^coordinator-\d+-/ })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)

  // No key is told of where there is none.
  await page.goto('/')
  const filter = page.getByRole('search')
  await expect(filter.getByRole('combobox')).toBeVisible()
  await expect(filter.locator('kbd')).toBeHidden()
})
