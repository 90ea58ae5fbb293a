import { expect, expectAccessible, test } from './fixtures/test'
import { auditOf } from './pages/audit'
import { BreakersPage } from './pages/breakers-page'

test('a breaker is forced open, closed and reset, and its owner obeys each time', async ({
  page,
  coordinators,
}) => {
  const owner = await coordinators.start('till-owner', { swarmId: 'till' })
  const call = () => owner.tell({ do: 'call', breaker: 'payments' })
  expect(await call()).toBe('called')
  const breakers = new BreakersPage(page)
  await breakers.open('till-owner', 'payments')
  await expect(breakers.tile('payments of till-owner, closed')).toBeVisible()

  await breakers.force('Force open', 'the bank asks us to stop')
  await expect(breakers.pane).toContainText(
    'Now forced open by operator: the bank asks us to stop.',
  )
  await expect(breakers.pane).toContainText('The first probe is let through in')
  await expect(breakers.tile('payments of till-owner, open')).toBeVisible()
  expect(await call()).toBe('CircuitOpenError')
  await expectAccessible(page)

  await breakers.force('Force closed', 'the bank is back')
  await expect(breakers.pane).toContainText('Now forced closed by operator: the bank is back.')
  expect(await call()).toBe('called')

  await breakers.force('Reset', 'count anew')
  await expect(breakers.pane).toContainText('Now reset by operator: count anew.')
  expect(await call()).toBe('called')
  expect(await auditOf(page, 'count anew')).toMatchObject([
    { action: 'set-breaker-state', targets: ['till-owner:payments'], outcome: 'done' },
  ])

  // Found by its name, walked by keys, closed by Escape: all of it in the address.
  await page.getByLabel('Filter by name or owner').fill('PAYMENTS')
  await expect(page).toHaveURL(/q=PAYMENTS/)
  await expect(page.getByRole('list').getByRole('button')).toHaveCount(1)
  // The first one empties the field, the second closes the pane.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(breakers.pane).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/owner=till-owner&name=payments/)
  await page.getByRole('radio', { name: 'Not closed' }).click()
  await expect(page.getByText('All breakers are closed')).toBeVisible()
})

test('of an owner that ended, a breaker says so, and offers only what can come true', async ({
  page,
  coordinators,
}) => {
  const [killed, left] = await Promise.all(
    ['toll-killed', 'toll-left'].map((id) => coordinators.start(id, { swarmId: 'toll' })),
  )
  if (!killed || !left) throw new Error('nobody there')
  await Promise.all([killed, left].map((it) => it.tell({ do: 'call', breaker: 'toll' })))
  const breakers = new BreakersPage(page)
  await breakers.open('toll-killed', 'toll')
  await breakers.force('Force open', 'the bridge is shut')
  await expect(breakers.tile('toll of toll-killed, open')).toBeVisible()
  const open = page.getByRole('link', { name: /breakers? open$/ })
  await expect(open).toContainText('1')

  killed.kill()
  await expect(breakers.tile('toll of toll-killed, its owner is dead')).toBeVisible()
  await expect(open).toContainText('0')
  await expect(breakers.pane).toContainText('It obeys only if it comes back.')
  await expect(breakers.button('Force closed…')).toBeVisible()

  await left.tell({ do: 'leave' })
  await breakers.tile('toll of toll-left, its owner is stopped').click()
  await expect(breakers.pane).toContainText('Nobody is there to obey any more.')
  await expect(breakers.button('Force closed…')).toHaveCount(0)
  await expectAccessible(page)
})
