import { expect, expectAccessible, test } from './fixtures/test'

test.use({ own: 'empty board' })

test('an empty board says how to connect the first coordinator', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No coordinator has called yet' })).toBeVisible()
  await expect(page.getByText('BLOCKING_COORDINATION_SECRET').first()).toBeVisible()
  await expectAccessible(page)
})

test('a link signs in once, and leaves no token in the address', async ({ visitor, room }) => {
  const link = await room.signInLink('ada')
  const first = await visitor(link)
  await expect(first).toHaveURL((url) => url.pathname === '/')
  expect(first.url()).not.toContain('token')

  const second = await visitor()
  await second.goto(link)
  await expect(second.getByRole('alert').filter({ hasText: /link/i })).toBeVisible()
  expect(second.url()).not.toContain('token=')
})

test('nobody comes in without a session', async ({ visitor }) => {
  const page = await visitor()
  await page.goto('/consensus')
  await expect(page).toHaveURL(/\/sign-in/)
  await expectAccessible(page)
  expect((await page.request.get('/api/v1/coordinators')).status()).toBe(401)
})

test('who signs out is out, also in another tab', async ({ visitor, room }) => {
  const page = await visitor(await room.signInLink())
  const other = await page.context().newPage()
  await other.goto('/')
  await page
    .getByRole('button', { name: /account|user|operator/i })
    .first()
    .click()
  await page.getByRole('menuitem', { name: /sign out/i }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(other).toHaveURL(/\/sign-in/)
})
