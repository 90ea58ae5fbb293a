import { expect, expectAccessible, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'

test.use({ swarm: true })

const rooms = [
  { path: '/', shows: /Coordinators/ },
  { path: '/attention', shows: /Attention/ },
  { path: '/signals', shows: /Signals/ },
  { path: '/consensus', shows: /Consensus/ },
  { path: '/breakers', shows: /Breakers/ },
  { path: '/waits', shows: /Waits/ },
  { path: '/events', shows: /Log/ },
]

for (const { path, shows } of rooms) {
  test(`${path} works with real traffic, for everybody and in both themes`, async ({ page }) => {
    await new BoardPage(page).open()
    await page.goto(path)
    await expect(
      page
        .getByRole('heading', { name: shows })
        .or(page.getByRole('grid', { name: shows }))
        .first(),
    ).toBeAttached()
    await expect(page.getByText(/live, \d+ ms behind/)).toBeVisible()
    await expectAccessible(page)
  })
}

test('every room is reached by keyboard, and the way back works', async ({ page }) => {
  await new BoardPage(page).open()
  await page.keyboard.press('j')
  await expect(page.locator('[data-tile]:focus')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/consensus/)
  // The tile is gone, and its focus not lost.
  await expect(page.locator('#room')).toBeFocused()
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page).toHaveURL(/\/events/)
  await page.goBack()
  await expect(page).toHaveURL(/\/consensus/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('escalate')
})

test('a window gives the focus back, and Escape leaves a field before it closes anything', async ({
  page,
}) => {
  const board = new BoardPage(page)
  await board.open()
  await page.keyboard.press('j')
  const tile = page.locator('[data-tile]:focus')
  const name = await tile.getAttribute('data-tile')
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog').getByLabel('Reason')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(tile).toHaveAttribute('data-tile', name ?? '')

  await page.keyboard.press('s')
  await expect(page).toHaveURL(/compose=1/)
  const field = page.getByPlaceholder('id, swarm: status: phase: loop:')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(field).not.toBeFocused()
  await expect(page).toHaveURL(/compose=1/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/compose=1/)
})

test('what opens over the board is for everybody as well, and keeps the keyboard', async ({
  page,
}) => {
  await new BoardPage(page).open()
  const opens = [
    { button: 'Saved views', shows: page.getByRole('dialog', { name: 'Saved views' }) },
    { button: /^Connection/, shows: page.getByRole('dialog', { name: 'Connection' }) },
    { button: /: menu$/, shows: page.getByRole('menu') },
  ]
  for (const { button, shows } of opens) {
    await page.getByRole('button', { name: button }).focus()
    await page.keyboard.press('Enter')
    await expect(shows).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(shows).toHaveCount(0)
    await expect(page.getByRole('button', { name: button })).toBeFocused()
  }
})

test('the lines of the log are one stop of the tab key, walked by the arrow keys', async ({
  page,
}) => {
  await page.goto('/events')
  const lines = page.getByRole('log', { name: /^Events/ }).getByTitle('Show all of it')
  await expect(lines.nth(3)).toBeVisible()
  await expect(lines.and(page.locator('[tabindex="0"]'))).toHaveCount(1)
  await page.getByRole('button', { name: 'Hold' }).click()
  await lines.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(lines.nth(2)).toBeFocused()
  await page.keyboard.press('PageDown')
  await expect(lines.nth(2)).not.toBeFocused()
  await expect(page.locator('[data-row] button:focus')).toBeInViewport()
})

test('consensus shows each validator’s vote against the threshold, live', async ({ page }) => {
  await page.goto('/consensus')
  await expect(page.locator('.recharts-surface').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Votes', { exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('a drawer is a link: opened again it shows the same', async ({ page }) => {
  const board = new BoardPage(page)
  await board.open()
  const id = await board.tiles().first().getAttribute('data-tile')
  await page.goto(`/coordinators/${id}`)
  const drawer = page.getByRole('article', { name: `Coordinator ${id}` })
  await expect(drawer).toBeVisible()
  // A name that is drawn in two pieces is read as one.
  await expect(drawer.getByRole('heading', { name: id ?? '', exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page).toHaveURL((url) => url.pathname === '/')
})

test('a viewer sees no button that they cannot press, and the server refuses it anyway', async ({
  // The first to sign in is an admin, whatever the link says: here that is the operator.
  session: _operator,
  visitor,
  room,
}) => {
  const page = await visitor(await room.signInLink('vera', 'viewer'))
  const board = new BoardPage(page)
  await board.open()
  const id = await board.tiles().first().getAttribute('data-tile')
  const drawer = await board.openDrawer(id ?? '')
  await expect(drawer.panel.getByText('Heartbeat')).toBeVisible()
  await expect(drawer.panel.getByRole('button', { name: 'Copy id' })).toBeVisible()
  for (const name of ['Escalate…', 'More'])
    await expect(drawer.panel.getByRole('button', { name })).toHaveCount(0)
  await expect(drawer.panel.getByRole('link', { name: 'Send signal' })).toHaveCount(0)
  const answer = await page.request.post(`/api/v1/coordinators/${id}/escalations`, {
    headers: { 'x-signalbox': '1', origin: room.url },
    data: { reason: 'a viewer tries', force: true },
  })
  expect(answer.status()).toBe(403)
})
