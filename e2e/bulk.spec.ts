import type { Page } from '@playwright/test'
import { CSRF_HEADER } from '@/lib/protocol/problem'
import { expect, expectAccessible, test } from './fixtures/test'
import { auditOf } from './pages/audit'
import { BoardPage } from './pages/board-page'

test('a filter is cleaned up and forgotten: whom it hits first, then what came of it for each', async ({
  page,
  coordinators,
}) => {
  const ids = ['fleet-a', 'fleet-b', 'fleet-c']
  const [first, ...others] = await Promise.all(
    ids.map((id) => coordinators.start(id, { swarmId: 'fleet', timeoutThreshold: 600_000 })),
  )
  await first?.tell({ do: 'leave' })
  // Whose process goes on would come back.
  for (const it of others) it.kill()
  const board = new BoardPage(page)
  await page.goto('/?q=swarm:fleet')
  await board.expectStatus('fleet-a', 'stopped')

  const act = async (action: string) => {
    await page.getByRole('button', { name: 'Act on all 3' }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }
  const dialog = page.getByRole('dialog')
  await act('Clean up…')
  await expect(dialog.getByRole('heading', { name: 'Clean up 2 of 3' })).toBeVisible()
  const line = (id: string) => dialog.getByRole('listitem').filter({ hasText: id })
  await expect(line('fleet-a')).toContainText('left out: has ended already')
  await expect(dialog.getByRole('button', { name: 'Clean up 2' })).toBeDisabled()
  await dialog.getByLabel('Reason').fill('the fleet is sold')
  await expectAccessible(page)
  // It is done, and the answer is lost: nobody knows, until the same press is repeated.
  await page.route(
    '**/coordinators/actions',
    async (route) => {
      await route.fetch()
      await route.abort('connectionrefused')
    },
    { times: 1 },
  )
  await dialog.getByRole('button', { name: 'Clean up 2' }).click()
  await expect(dialog.getByRole('status')).toHaveText('0 of 2 cleaned up, 2 unknown.')
  // One sentence for both, and a word for each.
  await expect(dialog.getByText('Nobody knows whether it was done.')).toHaveCount(1)
  await expect(line('fleet-b')).toContainText('unknown')
  // Two presses are one.
  await dialog.getByRole('button', { name: 'Try 2 again' }).dblclick()
  await expect(dialog.getByRole('status')).toHaveText('2 of 2 cleaned up.')
  await expect(line('fleet-b')).toContainText('done')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await board.expectStatus('fleet-b', 'stopped')
  const audit = await auditOf(page, 'the fleet is sold')
  expect(audit.map((it) => it.targets)).toHaveLength(2)

  await act('Forget…')
  await expect(dialog.getByRole('heading', { name: 'Forget 3 of 3' })).toBeVisible()
  await dialog.getByLabel('Reason').fill('the fleet is sold')
  await dialog.getByRole('button', { name: 'Forget 3' }).click()
  await expect(dialog.getByRole('status')).toHaveText('3 of 3 forgotten.')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(board.tile('fleet-a')).toHaveCount(0)
})

test('a selection loses what is pending, and whoever waits for it goes on', async ({
  page,
  coordinators,
}) => {
  const lead = await coordinators.start('desk-lead', { swarmId: 'desk' })
  await Promise.all(['desk-a', 'desk-b'].map((id) => coordinators.start(id, { swarmId: 'desk' })))
  const signalId = await lead.tell<string>({ do: 'send', to: 'desk-a' })
  const waiting = lead.tell<string[]>({ do: 'wait', on: ['desk-a'], signalId, timeoutMs: 600_000 })
  const board = new BoardPage(page)
  await page.goto('/?q=swarm:desk')
  await board.expectStatus('desk-lead', 'blocked')

  await board.tile('desk-a').focus()
  await page.keyboard.press('x')
  const bar = page.getByRole('region', { name: 'Selection' })
  await expect(bar).toContainText('1 selected')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('x')
  await expect(bar).toContainText('2 selected')
  await bar.getByRole('button', { name: 'Select all 3 shown' }).click()
  await expect(bar).toContainText('3 selected')
  await bar.getByRole('button', { name: 'More to do with them' }).click()
  await page.getByRole('menuitem', { name: 'Cancel pending signals…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('1 waiter goes on without the answer.')).toBeVisible()
  await dialog.getByLabel('Reason').fill('nobody needs it any more')
  await dialog.getByRole('button', { name: 'Cancel pending 1' }).click()
  await expect(dialog.getByRole('status')).toHaveText('1 of 1 cleared.')
  expect(await waiting).toEqual([])
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(bar).toHaveCount(0)
})

test('a viewer is offered nothing, and a try anyway stands in the audit', async ({
  page: operator,
  visitor,
  room,
  coordinators,
}) => {
  await coordinators.start('vault-a', { swarmId: 'vault' })
  const acts = (it: Page) => it.getByRole('button', { name: 'Act on it' })
  await operator.goto('/?q=swarm:vault')
  await expect(acts(operator)).toBeVisible()
  const page = await visitor(await room.signInLink('vera', 'viewer'))
  const answer = await page.request.post('/api/v1/coordinators/actions', {
    headers: { [CSRF_HEADER]: '1', origin: room.url },
    data: {
      action: 'cleanup-coordinator',
      coordinatorIds: ['desk-a', 'desk-b'],
      reason: 'a viewer tries',
      requestId: 'press-of-vera',
    },
  })
  expect(answer.status()).toBe(403)
  await page.goto('/?q=swarm:vault')
  await expect(page.getByRole('status').filter({ hasText: '1 of ' })).toBeVisible()
  await expect(acts(page)).toHaveCount(0)
  const { entries } = await (await operator.request.get('/api/v1/audit?limit=5')).json()
  expect(entries).toContainEqual(
    expect.objectContaining({
      who: 'vera',
      action: 'cleanup-coordinator',
      targets: ['desk-a', 'desk-b'],
      outcome: 'refused',
    }),
  )
})
