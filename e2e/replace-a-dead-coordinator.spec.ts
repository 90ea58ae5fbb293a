import { expect, test } from './fixtures/test'
import { BoardPage, fillEscalation } from './pages/board-page'
import { victims } from './pages/victims'

// Wide enough for the attention list beside an open drawer.
test.use({ swarm: true, viewport: { width: 1600, height: 900 } })

test('a killed coordinator is found dead, escalated by hand, and replaced by a real process', async ({
  page,
}) => {
  const board = new BoardPage(page)
  await board.open()
  const [victim] = await victims(page, 1)
  const drawer = await board.openDrawer(victim)
  const pid = await drawer.pid()
  process.kill(pid, 'SIGKILL')

  await board.expectStatus(victim, 'stale')
  await board.expectStatus(victim, 'dead')
  await expect(board.attention(new RegExp(`${victim}.*dead`))).toBeVisible()

  await drawer.escalate('its process was killed')
  const dialog = page.getByRole('dialog')
  const replacement = (
    await dialog.getByRole('button', { name: /^coordinator-\d+-/ }).innerText()
  ).trim()
  await expect(dialog.getByText('It came after')).toBeVisible({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Done' }).click()

  await board.expectStatus(replacement, /^coordinator-\S+, (active|blocked),/)
  await board.expectStatus(victim, 'escalated')
  const successor = await board.openDrawer(replacement)
  const newPid = await successor.pid()
  expect(newPid).not.toBe(pid)
  process.kill(newPid, 0)
})

test('one that was only stopped is refused when it goes on, and the refusals are counted', async ({
  page,
}) => {
  const board = new BoardPage(page)
  await board.open()
  const [victim] = await victims(page, 1)
  const drawer = await board.openDrawer(victim)
  const pid = await drawer.pid()
  process.kill(pid, 'SIGSTOP')
  try {
    await board.expectStatus(victim, 'dead')
    await board
      .attention(new RegExp(`${victim}.*dead`))
      .getByRole('button', { name: 'Escalate…' })
      .click()
    await fillEscalation(page, 'it does not answer')
    await expect(page.getByRole('dialog').getByText('It came after')).toBeVisible({
      timeout: 30_000,
    })
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(board.tile(victim).getByTitle(/writes? of its old self refused/)).toBeVisible()
})

test('two operators at once make one replacement', async ({ page, visitor, room }) => {
  const board = new BoardPage(page)
  await board.open()
  const [victim] = await victims(page, 1)
  const drawer = await board.openDrawer(victim)
  process.kill(await drawer.pid(), 'SIGKILL')
  await board.expectStatus(victim, 'dead')

  const other = await visitor(await room.signInLink('second'))
  await other.goto(`/coordinators/${victim}`)
  for (const it of [page, other]) {
    await it
      .getByRole('article', { name: `Coordinator ${victim}` })
      .getByRole('button', { name: 'Escalate…' })
      .click()
    await it.getByRole('dialog').getByLabel('Reason').fill('pressed twice')
  }
  await Promise.all(
    [page, other].map((it) =>
      it.getByRole('dialog').getByRole('button', { name: 'Escalate', exact: true }).click(),
    ),
  )
  const names = await Promise.all(
    [page, other].map((it) =>
      it
        .getByRole('dialog')
        .getByRole('button', { name: /^coordinator-\d+-/ })
        .innerText(),
    ),
  )
  expect(names[0]).toBe(names[1])
})
