import { expect, expectAccessible, test } from './fixtures/test'

test.use({ own: 'empty board' })

test('an empty board says how to connect the first coordinator', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No coordinator has called yet' })).toBeVisible()
  await expect(page.getByText('BLOCKING_COORDINATION_SECRET').first()).toBeVisible()
  await expectAccessible(page)
})

test('a link signs in once, and leaves no token in the address', async ({ browser, room }) => {
  const link = await room.signInLink('ada')
  const first = await (await browser.newContext()).newPage()
  await first.goto(link)
  await first.waitForURL((url) => url.pathname === '/')
  expect(first.url()).not.toContain('token')

  const second = await (await browser.newContext()).newPage()
  await second.goto(link)
  await expect(second.getByRole('alert').filter({ hasText: /link/i })).toBeVisible()
  expect(second.url()).not.toContain('token=')
})

test('nobody comes in without a session', async ({ browser, room }) => {
  const stranger = await browser.newContext({ baseURL: room.url })
  const page = await stranger.newPage()
  await page.goto('/consensus')
  await expect(page).toHaveURL(/\/sign-in/)
  await expectAccessible(page)
  expect((await stranger.request.get('/api/v1/coordinators')).status()).toBe(401)
})

test('who signs out is out, also in another tab', async ({ page, context }) => {
  const other = await context.newPage()
  await other.goto('/')
  await page
    .getByRole('button', { name: /account|user|operator/i })
    .first()
    .click()
  await page.getByRole('menuitem', { name: /sign out/i }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(other).toHaveURL(/\/sign-in/, { timeout: 20_000 })
})
