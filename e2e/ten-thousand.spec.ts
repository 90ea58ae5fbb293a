import type { Page } from '@playwright/test'
import { COORDINATORS, expect, expectAccessible, SWARMS, test } from './fixtures/load'
import { BoardPage } from './pages/board-page'

const EACH = COORDINATORS / SWARMS
const LAST = `load-${SWARMS - 1}-0${EACH - 1}`

test.setTimeout(180_000)

/** A figure of the strip on top, by its name. */
const figure = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Figures' }).getByRole('listitem').filter({ hasText: name })

test('all of them are counted, and found by wheel and by key, though few are elements', async ({
  page,
}) => {
  const board = new BoardPage(page)
  const grid = page.getByRole('grid', { name: 'Coordinators' })
  const first = board.tile('load-00-0000')
  const last = board.tile(LAST)

  await test.step('counted, and said to be load', async () => {
    await board.open()
    await expect(figure(page, 'live')).toContainText('10,000')
    await expect(figure(page, 'beats/s')).not.toContainText('–')
    const header = page.getByRole('rowheader').filter({ hasText: 'load-00' })
    await expect(header).toContainText(String(EACH))
    await expect(header.getByTitle('Not anybody’s real work')).toHaveText('load')
    const rows = Number(await grid.getAttribute('aria-rowcount'))
    expect(rows).toBeGreaterThan(COORDINATORS / 20)
    expect(await page.getByRole('row').count()).toBeLessThan(40)
  })

  await test.step('the wheel reaches the last one, and comes back', async () => {
    await expect(last).toHaveCount(0)
    await first.hover()
    const wheel = async (by: number, to: typeof last) =>
      expect(async () => {
        await page.mouse.wheel(0, by)
        await expect(to).toBeInViewport({ timeout: 1000 })
      }).toPass()
    await wheel(100_000, last)
    expect(await page.getByRole('row').count()).toBeLessThan(40)
    await expect(grid.getByRole('row').last()).toHaveAttribute(
      'aria-rowindex',
      (await grid.getAttribute('aria-rowcount')) ?? '',
    )
    await wheel(-100_000, first)
  })

  await test.step('the keyboard goes through all of them from one stop', async () => {
    const stop = grid.locator('[tabindex="0"]')
    await expect(stop).toHaveCount(1)
    await stop.focus()
    await page.keyboard.press('Home')
    await expect(first).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(board.tile('load-00-0001')).toBeFocused()
    await page.keyboard.press('End')
    await expect(last).toBeFocused()
    await page.keyboard.press('Home')
    await expect(first).toBeFocused()
    await page.keyboard.press('PageDown')
    await expect(first).not.toBeFocused()
    await expect(stop).toHaveCount(1)
    await expect(grid.locator('[data-tile]:focus')).toHaveAttribute(
      'aria-label',
      /^load-00-\d{4}, /,
    )
  })

  await test.step('their ages go on, with the exact time behind them', async () => {
    await page.keyboard.press('Home')
    const age = board.tile('load-00-0003').locator('time')
    const before = await age.textContent()
    expect(before).toMatch(/^\d/)
    await expect(age).not.toHaveText(before ?? '')
    await age.hover()
    await expect(age).toHaveAttribute('title', /^Last beat\n.*UTC/)
  })

  await expectAccessible(page)
})

test('a filter narrows them while one types, and as lamps more of them fit', async ({ page }) => {
  const board = new BoardPage(page)
  const grid = page.getByRole('grid', { name: 'Coordinators' })
  await board.open()
  await page.getByRole('radio', { name: 'Lamps' }).click()
  await expect(page).toHaveURL(/density=lamp/)
  await expect(board.tile('load-01-0000')).toBeVisible()
  expect(await grid.getByRole('gridcell').count()).toBeGreaterThan(500)

  await page.keyboard.press('/')
  await page.keyboard.type('swarm:load-07')
  await expect(page.getByRole('rowheader')).toHaveCount(1)
  await expect(page.getByRole('rowheader')).toContainText('load-07')
  await expect(page.locator('[data-tile]:not([data-tile^="load-07-"])')).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: ' of ' })).toHaveText('250 of 10,000')
  await expect(page).toHaveURL(/q=swarm%3Aload-07/)
  await expect(grid.getByRole('gridcell').first()).toHaveAccessibleName(/^load-07-0000, \w+/)
  await page.keyboard.press('Escape')
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(board.tile('load-00-0000')).toBeVisible()
})
