import { expect, expectAccessible, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'
import { SignalsPage } from './pages/signals-page'
import { victims } from './pages/victims'

test.use({ swarm: true })

test('a signal to two coordinators is acknowledged by both, and both ACKs are verified', async ({
  page,
}) => {
  await new BoardPage(page).open()
  const targets = await victims(page, 2)
  const signals = new SignalsPage(page)
  await signals.compose(targets)
  await signals.writePayload('{ "note": "from the operator" }')
  await expectAccessible(page)
  await signals.sendButton().click()

  await expect(signals.acks()).toHaveCount(2)
  for (const id of targets) {
    await expect(
      signals
        .acks()
        .filter({ hasText: id.slice(-6) })
        .getByText('valid'),
    ).toBeVisible({ timeout: 30_000 })
  }
})

test('a payload that is no JSON cannot be sent, and the desk says where it breaks', async ({
  page,
}) => {
  await new BoardPage(page).open()
  const targets = await victims(page, 1)
  const signals = new SignalsPage(page)
  await signals.compose(targets)
  await signals.writePayload('{ "note": ')
  await expect(signals.sendButton()).toBeDisabled()
  await signals.writePayload('{}')
  await expect(signals.sendButton()).toBeEnabled()
})

test('pressed twice, it is one signal', async ({ page }) => {
  await new BoardPage(page).open()
  const targets = await victims(page, 1)
  const signals = new SignalsPage(page)
  await signals.compose(targets)
  await signals.sendButton().dblclick()
  await expect(signals.acks()).toHaveCount(1)
  const { signals: all } = (await (await page.request.get('/api/v1/signals')).json()) as {
    signals: { source: string; targets: { coordinatorId: string }[] }[]
  }
  const mine = all.filter(
    (it) =>
      it.source === 'control-room' &&
      it.targets.length === 1 &&
      it.targets[0]?.coordinatorId === targets[0],
  )
  expect(mine).toHaveLength(1)
})
