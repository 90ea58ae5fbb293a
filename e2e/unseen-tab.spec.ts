import type { Page, WebSocket } from '@playwright/test'
import { expect, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'

test.use({ swarm: true })

/** Chromium without a window never hides a tab, so the page is told. */
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((it) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (it ? 'hidden' : 'visible'),
    })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => it })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

test('a tab that nobody sees writes no ages, and after a minute gives its connection back', async ({
  page,
}) => {
  await page.clock.install()
  const sockets: WebSocket[] = []
  page.on('websocket', (socket) => sockets.push(socket))
  const board = new BoardPage(page)
  await board.open()
  const age = board.tiles().first().locator('time')
  await expect(age).toHaveText(/^\d/)

  await hide(page, true)
  const text = await age.textContent()
  await page.clock.fastForward(61_000)
  await expect.poll(() => sockets.every((it) => it.isClosed())).toBe(true)
  // It does not come back by itself, either.
  const before = sockets.length
  await page.clock.fastForward(120_000)
  expect(await age.textContent()).toBe(text)
  expect(sockets).toHaveLength(before)

  await hide(page, false)
  await expect.poll(() => sockets.length).toBe(before + 1)
  await expect(page.getByText(/live, \d+ ms behind/)).toBeVisible()
  await expect(age).not.toHaveText(text ?? '')
})
